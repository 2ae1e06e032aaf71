"""Perceptual distance on SqueezeNet 1.1 features: uniform heads (the "baseline" form of Zhang et al. 2018, "The Unreasonable
Effectiveness of Deep Features as a Perceptual Metric"). Not the published LPIPS numbers.

What a network was trained with must not judge it: training takes TRAINED, judging takes JUDGED.
"""

import pathlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

TRAINED = ('fire3', 'fire5', 'fire6')
JUDGED = ('conv1', 'fire7', 'fire8', 'fire9')
ALL = ('conv1', 'fire2', 'fire3', 'fire4', 'fire5', 'fire6', 'fire7', 'fire8', 'fire9')


class Features(nn.Module):
    """The mean over the places, summed over `layers`, of how far unit-length features lie apart (squared).

    folder: where squeezenet11_caffe.npz lies. Pictures are N,3,H,W, RGB in 0..1.
    """

    def __init__(self, folder, layers=TRAINED):
        super().__init__()
        self.layers = layers
        self.needed = ALL[:max(map(ALL.index, layers)) + 1]
        for k, v in np.load(pathlib.Path(folder) / 'squeezenet11_caffe.npz').items():
            if k.split('.')[0] in self.needed:
                self.register_buffer(k.replace('.', '_'), torch.from_numpy(v).float())
        self.register_buffer('mean', torch.tensor([103.939, 116.779, 123.68]).view(1, 3, 1, 1))

    def conv(self, x, n, stride=1, pad=0):
        return F.relu(F.conv2d(x, getattr(self, n + '_weight'), getattr(self, n + '_bias'), stride, pad))

    def taps(self, rgb):
        x = self.conv(rgb.flip(1) * 255 - self.mean, 'conv1', 2)
        if 'conv1' in self.layers:
            yield x
        for f in self.needed[1:]:
            if f in ('fire2', 'fire4', 'fire6'):
                x = F.max_pool2d(x, 3, 2, ceil_mode=True)
            s = self.conv(x, f + '_squeeze1x1')
            x = torch.cat([self.conv(s, f + '_expand1x1'), self.conv(s, f + '_expand3x3', 1, 1)], 1)
            if f in self.layers:
                yield x

    def forward(self, a, b):
        d = 0
        for p, q in zip(self.taps(a), self.taps(b)):
            d = d + (F.normalize(p.float(), dim=1, eps=1e-6) - F.normalize(q.float(), dim=1, eps=1e-6)).pow(2).sum(1).mean()
        return d

"""Trains lacuna-deblur: shaken and defocused pictures made sharp by a U-Net that works at half resolution.

    python3 deblur.py --data ../../../shared/data --minutes 140 --out /tmp/deblur [--init ../lacuna-deblur]

The network is told what may be taken away (`motion`, `defocus`: 0 or 1; both where nobody knows); it answers with a
difference. Blur is made as cameras make it (blur.py). A share of the pictures is sharp, whatever the network is told:
these it has to leave as they are, noise and compression included. Progress is measured on deblur40.csv, which is of
photos that are held out.
"""

import argparse
import random

import cv2
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import blur
import deblur40
import loop
from data import Photos
from layers import blocks, down, up

ID = 'lacuna-deblur'
SIZE_MULTIPLE = 8
# Pixels around a tile that the program computes and drops.
HALO = 128
SLOPE = .1


def smooth(x):
    """The mean of 3 by 3 pixels, twice."""
    for _ in range(2):
        x = F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
    return x


def broad(x):
    """What is some 40 pixels wide and wider in a picture."""
    return F.interpolate(smooth(F.avg_pool2d(x, 8)), scale_factor=8, mode='bilinear', align_corners=False)


# What blur took is small beside the picture, and what is finest in it smaller still: as planes of its own, near 1, the
# network finds it in minutes. Fed with the picture as it is, it first learns for long to add nothing.
FINEST_GAIN = 6
DIFFERENCE_GAIN = .1


class Deblur(nn.Module):
    """image N,3,H,W; motion and defocus N,1,1,1, 0 or 1 -> difference N,3,H,W. H and W are multiples of 8."""

    def __init__(self):
        super().__init__()
        # Empty planes behind the eleven, see export.py.
        self.spare = 0
        self.unshuffle = nn.PixelUnshuffle(2)
        self.head = nn.Conv2d(44, 64, 3, padding=1)
        self.e1 = blocks(64, 1, 1, slope=SLOPE)
        self.d1 = down(64, 96)
        self.e2 = blocks(96, 1, 1, slope=SLOPE)
        self.d2 = down(96, 128)
        # Wider than the longest blur: what a shaken edge became lies far apart.
        self.mid = blocks(128, 1, 2, 4, 1, 2, 4, 1, 1, slope=SLOPE)
        self.u2 = up(128, 96)
        self.c2 = blocks(96, 1, 1, slope=SLOPE)
        self.u1 = up(96, 64)
        self.c1 = blocks(64, 1, 1, 1, slope=SLOPE)
        self.tail = nn.Conv2d(64, 12, 3, padding=1)
        self.tail.weight.data.mul_(0.1)
        self.tail.bias.data.zero_()

    def forward(self, image, motion, defocus):
        nothing = image[:, :1] * 0
        wide = broad(image)
        x = torch.cat([image - wide, wide - .5, FINEST_GAIN * (image - smooth(image)), nothing + (motion - .5), nothing + (defocus - .5)]
                      + [nothing] * self.spare, 1)
        if x.is_cuda or self.training:
            x = x.contiguous(memory_format=torch.channels_last)
        a = self.e1(self.head(self.unshuffle(x)))
        b = self.e2(self.d1(a))
        y = self.mid(self.d2(b))
        y = self.c2(self.u2(y) + b)
        y = self.c1(self.u1(y) + a)
        return DIFFERENCE_GAIN * F.pixel_shuffle(self.tail(y), 2)


# Brings gradients to the size that an absolute error has.
LOSS_SCALE = .02
# What counts as none, squared: at first four levels, at last one and a half. With less, leaving sharp pictures alone to the
# last digit is worth more than taking any blur away, and the network learns to do nothing.
LEAST_ERROR, LEAST_AT_LAST, LAST = 3e-4, 3e-5, .8
MARGIN = 24


def sample(photos, size, kind, rng, choices):
    """One training pair: (seen, wanted, motion, defocus)."""
    # Reduced photos are sharp to the pixel, others as sharp as lenses are: both are what people have.
    c = photos.crop(size + 2 * MARGIN, choices, .5)
    c = np.ascontiguousarray(np.rot90(c, choices.randrange(4)))
    if choices.random() < .08:
        c = np.repeat(cv2.cvtColor(c, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    x = c.astype(np.float32) / 255
    p = blur.draw_blur('defocus' if kind == 'sharp' else kind, rng)
    y = blur.filed(x, p, rng) if kind == 'sharp' else blur.blurred(x, p, rng)
    inner = np.s_[MARGIN:-MARGIN, MARGIN:-MARGIN]
    other = float(rng.random() < .6)
    motion, defocus = {'motion': (1., other), 'defocus': (other, 1.)}.get(kind) or ((1., 1.), (1., 0.), (0., 1.))[
        int(rng.choice(3, p=(.6, .2, .2)))]
    return y[inner], (y if kind == 'sharp' else x)[inner], motion, defocus


def batch(photos, size, count, mix, rng, choices):
    """mix: share of 'motion', 'defocus', 'sharp'; returns tensors image, motion, defocus, wanted."""
    made = [sample(photos, size, k, rng, choices) for k in rng.choice(['motion', 'defocus', 'sharp'], count, p=mix)]

    def picture(i):
        return torch.from_numpy(np.stack([m[i] for m in made])).permute(0, 3, 1, 2)

    def scalar(i):
        return torch.tensor([m[i] for m in made]).view(-1, 1, 1, 1)

    return picture(0), scalar(2), scalar(3), picture(1)


def psnr(a, b):
    return 10 * np.log10(255 ** 2 / max(1e-3, ((a.astype(float) - b) ** 2).mean()))


def held_out_cases(data, every=5):
    """Pairs of deblur40.csv, of every fifth photo: (kind, what the file shows, truth)."""
    rows = list(deblur40.listed())
    return [(r['kind'], *deblur40.pair(data, r)) for i, r in enumerate(rows) if i // 3 % every == 0]


def evaluate(net, cases):
    """The mean gain in decibels by kind: told of its kind, and told of both. Of sharp pictures only the latter counts."""
    net.eval()
    gains = {}
    with torch.no_grad():
        for kind, seen, truth in cases:
            h, w = (n // 8 * 8 for n in seen.shape[:2])
            seen, truth = seen[:h, :w], truth[:h, :w]
            x = torch.from_numpy(np.ascontiguousarray(seen)).permute(2, 0, 1)[None].float() / 255
            for told in ((1, 0), (0, 1), (1, 1)):
                if told == (1, 1) or kind == ('motion', 'defocus')[told[1]]:
                    y = x + net(x, *(torch.full((1, 1, 1, 1), float(t)) for t in told))
                    y = np.rint(y[0].permute(1, 2, 0).clamp(0, 1).numpy() * 255)
                    name = kind + (', both' if told == (1, 1) else '')
                    gains.setdefault(name, []).append(psnr(y, truth) - psnr(seen, truth))
    net.train()
    return {k: round(float(np.mean(v)), 2) for k, v in gains.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    loop.arguments(ap)
    ap.add_argument('--mix', default='42,30,28', help='percent of motion, defocus, sharp pictures')
    args = ap.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    choices, rng = random.Random(args.seed), np.random.default_rng(args.seed)
    mix = np.array([float(v) for v in args.mix.split(',')])
    mix /= mix.sum()
    photos = Photos(args.data, subsets=('clean',))
    photos.reduce(Photos(args.data, subsets=('p512',)))
    cases = held_out_cases(args.data)
    print(len(photos), 'photos,', len(cases), 'pairs held out for validation', flush=True)
    net = Deblur().to(args.device)
    if args.init:
        loop.start_from(net, args.init)

    def loss_of(net, progress):
        # Long blurs are told from soft edges by what lies around them.
        size, count = (96, 8) if progress < .7 else (144, 4)
        image, motion, defocus, wanted = [t.to(args.device) for t in batch(photos, size, count, mix, rng, choices)]
        with torch.autocast(args.device, dtype=torch.bfloat16):
            y = net(image, motion, defocus)
        error = image + y.float() - wanted
        # Every picture's error in decibels, however blurred it is.
        least = LEAST_ERROR * (LEAST_AT_LAST / LEAST_ERROR) ** min(1, progress / LAST)
        return LOSS_SCALE * ((error ** 2).mean((1, 2, 3)) + least).log().mean()

    loop.fit(net, args, loss_of, lambda net: evaluate(net, cases))


if __name__ == '__main__':
    main()

"""Trains lacuna-deblur: shaken and defocused pictures made sharp by filters that the network finds for every place, and a
U-Net behind them that works at half resolution.

    python3 deblur_gains.py --data ../../../shared/data --out /tmp/gains.pt
    python3 deblur.py --data ../../../shared/data --gains /tmp/gains.pt --minutes 140 --out /tmp/deblur
    python3 deblur.py --data ../../../shared/data --init ../lacuna-deblur --minutes 60 --out /tmp/deblur      # goes on

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
from waves import Gains, Waves, statistics

ID = 'lacuna-deblur'
SIZE_MULTIPLE = 32
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
ADDED_GAIN = 10
DIFFERENCE_GAIN = .1


LUMA = .299, .587, .114


class Filtered(nn.Module):
    """The luma that filters, each the best for the blur around it, add to a picture: N,3,H,W -> N,1,H,W."""

    def __init__(self):
        super().__init__()
        self.waves = Waves()
        self.gains = Gains()

    def forward(self, image, motion, defocus):
        luma = (image * image.new_tensor(LUMA).view(1, 3, 1, 1)).sum(1, keepdim=True)
        real, imaginary = self.waves(luma - broad(luma))
        gain = self.gains.over(*statistics(real, imaginary), torch.cat([motion, defocus], 1)).float()
        gain = F.interpolate(gain, scale_factor=2, mode='bilinear', align_corners=False)
        return self.waves.back(gain * real, gain * imaginary)


class Deblur(nn.Module):
    """image N,3,H,W; motion and defocus N,1,1,1, 0 or 1 -> difference N,3,H,W. H and W are multiples of 32, at least 64."""

    def __init__(self):
        super().__init__()
        self.filtered = Filtered()
        self.unshuffle = nn.PixelUnshuffle(2)
        self.head = nn.Conv2d(48, 64, 3, padding=1)
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
        # Fitted apart, see deblur_gains.py.
        with torch.no_grad():
            added = self.filtered(image, motion, defocus)
        nothing = image[:, :1] * 0
        # From here on it works on what is filtered, and is shown what that changed.
        seen = image + added
        wide = broad(seen)
        x = torch.cat([seen - wide, wide - .5, FINEST_GAIN * (seen - smooth(seen)), nothing + (motion - .5),
                       nothing + (defocus - .5), ADDED_GAIN * added], 1)
        if x.is_cuda or self.training:
            x = x.contiguous(memory_format=torch.channels_last)
        a = self.e1(self.head(self.unshuffle(x)))
        b = self.e2(self.d1(a))
        y = self.mid(self.d2(b))
        y = self.c2(self.u2(y) + b)
        y = self.c1(self.u1(y) + a)
        return added + DIFFERENCE_GAIN * F.pixel_shuffle(self.tail(y), 2)


# Brings gradients to the size that an absolute error has.
LOSS_SCALE = .02
# What counts as none, squared: at first four levels, at last one and a half. With less, leaving sharp pictures alone to the
# last digit is worth more than taking any blur away, and the network learns to do nothing.
LEAST_ERROR, LEAST_AT_LAST, LAST = 3e-4, 3e-5, .8
# Wide enough for the windows to tell the blur.
SIZE, COUNT = 128, 5
# Share of pictures that are drawn.
DRAWN = .1
MARGIN = 24


def drawn(side, rng):
    """Plain shapes and letters, uint8 side,side,3. Nothing hides what rings beside such edges, and photos have few."""
    n = 2 * side
    across, down = np.meshgrid(np.linspace(-1, 1, n), np.linspace(-1, 1, n))
    shade = rng.uniform(-30, 30, (2, 1, 1)) * (rng.random() < .5)
    c = (rng.uniform(0, 256, 3) + (shade[0] * across + shade[1] * down)[..., None]).clip(0, 255).astype(np.uint8)
    for _ in range(rng.integers(1, 7)):
        colour = tuple(float(v) for v in (rng.uniform(0, 256, 3) if rng.random() < .5 else [rng.uniform(0, 256)] * 3))
        kind = rng.integers(4)
        if kind == 0:
            cv2.fillPoly(c, [rng.integers(-side, 3 * side, (rng.integers(3, 6), 2)).astype(np.int32)], colour, cv2.LINE_AA)
        elif kind == 1:
            cv2.ellipse(c, [int(v) for v in rng.integers(0, n, 2)], [int(v) for v in rng.integers(4, side, 2)],
                        rng.uniform(0, 180), 0, 360, colour, -1, cv2.LINE_AA)
        elif kind == 2:
            cv2.line(c, *([int(v) for v in p] for p in rng.integers(0, n, (2, 2))), colour, int(rng.integers(1, 12)), cv2.LINE_AA)
        else:
            text = ''.join(chr(v) for v in rng.integers(33, 127, rng.integers(2, 16)))
            cv2.putText(c, text, [int(v) for v in rng.integers(-side // 4, n, 2)], int(rng.integers(8)), rng.uniform(.5, 3),
                        colour, int(rng.integers(1, 7)), cv2.LINE_AA)
    return cv2.resize(c, (side, side), interpolation=cv2.INTER_AREA)


def sample(photos, size, kind, rng, choices):
    """One training pair: (seen, wanted, motion, defocus)."""
    if rng.random() < DRAWN:
        c = drawn(size + 2 * MARGIN, rng)
    else:
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


def held_out_cases(data, every=3):
    """Pairs of deblur40.csv, of every third photo: (kind, what the file shows, truth)."""
    rows = list(deblur40.listed())
    return [(r['kind'], *deblur40.pair(data, r)) for i, r in enumerate(rows) if i // 3 % every == 0]


def evaluate(net, cases):
    """The mean gain in decibels by kind: told of its kind, and told of both. Of sharp pictures only the latter counts."""
    net.eval()
    gains = {}
    with torch.no_grad():
        for kind, seen, truth in cases:
            h, w = (n // SIZE_MULTIPLE * SIZE_MULTIPLE for n in seen.shape[:2])
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
    ap.add_argument('--mix', default='60,16,24', help='percent of motion, defocus, sharp pictures')
    ap.add_argument('--gains', help='of deblur_gains.py, where there is no --init')
    args = ap.parse_args()
    if not (args.init or args.gains):
        ap.error('--gains or --init is needed')

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
    else:
        net.filtered.gains.load_state_dict(torch.load(args.gains))

    def loss_of(net, progress):
        made = batch(photos, SIZE, COUNT, mix, rng, choices)
        image, motion, defocus, wanted = [t.to(args.device) for t in made]
        with torch.autocast(args.device, dtype=torch.bfloat16):
            y = net(image, motion, defocus)
        error = image + y.float() - wanted
        # Every picture's error in decibels, however blurred it is.
        least = LEAST_ERROR * (LEAST_AT_LAST / LEAST_ERROR) ** min(1, progress / LAST)
        return LOSS_SCALE * ((error ** 2).mean((1, 2, 3)) + least).log().mean()

    loop.fit(net, args, loss_of, lambda net: evaluate(net, cases))


if __name__ == '__main__':
    main()

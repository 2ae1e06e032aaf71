"""Trains lacuna-inpaint: a push-pull pre-fill inside the graph and a network that predicts the residual in the hole.

    python3 inpaint.py --data ../../../shared/data --perceptual ../../../shared/train/perceptual \
        --minutes 60 --out /tmp/inpaint [--init ../lacuna-inpaint] [--device cpu] [--threads 1]

Masks follow Liu et al. 2018 (free-form strokes), Suvorov et al. 2022 (wide polygonal strokes and boxes) and add text,
which is what watermarks are made of. Loss: every picture's squared error in its hole, in decibels, and SqueezeNet
features fire3, fire5, fire6 (Zhang et al. 2018, uniform heads). Progress is measured on held-out photos with
fixed masks, never on a benchmark.
"""

import argparse
import glob
import random
import sys

import cv2
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image, ImageDraw, ImageFont

import loop
from data import Photos
from layers import blocks, down, push_pull, up
from perceptual import Features

ID = 'lacuna-inpaint'
SIZE_MULTIPLE = 64
# What units let through below 0: without it, two in three closed for good.
SLOPE = .1
# Brings gradients to the size that an absolute error has.
LOSS_SCALE = .02
# Holes that are filled as well as that are as good as whole: an error of one level.
LEAST_ERROR = 1.5e-5


class Inpaint(nn.Module):
    """image N,3,H,W in 0..1 (hole content ignored), mask N,1,H,W with 1 = hole -> N,3,H,W; H, W multiples of 64.

    Outside the hole the output equals the input exactly.
    """

    def __init__(self):
        super().__init__()
        self.unshuffle = nn.PixelUnshuffle(2)
        self.head = nn.Conv2d(16, 64, 3, padding=1)
        self.e1 = blocks(64, 1, 1, slope=SLOPE)
        self.d1 = down(64, 96)
        self.e2 = blocks(96, 1, 1, slope=SLOPE)
        self.d2 = down(96, 128)
        self.e3 = blocks(128, 1, 1, slope=SLOPE)
        self.d3 = down(128, 160)
        # 63 cells of 16 pixels wide: around the widest holes.
        self.mid = blocks(160, 1, 2, 4, 8, 1, 2, 4, 1, slope=SLOPE)
        self.u3 = up(160, 128)
        self.c3 = blocks(128, 1, 1, slope=SLOPE)
        self.u2 = up(128, 96)
        self.c2 = blocks(96, 1, 1, slope=SLOPE)
        self.u1 = up(96, 64)
        self.c1 = blocks(64, 1, 1, slope=SLOPE)
        self.tail = nn.Conv2d(64, 12, 3, padding=1)
        self.tail.weight.data.mul_(0.1)
        self.tail.bias.data.zero_()

    def residual(self, x):
        a = self.e1(self.head(self.unshuffle(x)))
        b = self.e2(self.d1(a))
        c = self.e3(self.d2(b))
        y = self.c3(self.u3(self.mid(self.d3(c))) + c)
        y = self.c2(self.u2(y) + b)
        y = self.c1(self.u1(y) + a)
        return F.pixel_shuffle(self.tail(y), 2)

    def forward(self, image, mask):
        filled = push_pull(image, mask)
        x = torch.cat([filled, mask], 1)
        if x.is_cuda or self.training:
            x = x.contiguous(memory_format=torch.channels_last)
        return image * (1 - mask) + (filled + self.residual(x).float()) * mask


def fonts():
    """The same on every machine, so that the held-out holes are."""
    found = sorted(f for name in ('dejavu', 'freefont', 'liberation')
                   for f in glob.glob(f'/usr/share/fonts/truetype/{name}/*.ttf'))
    if len(found) < 50:
        sys.exit(f'{len(found)} fonts under /usr/share/fonts/truetype; install fonts-dejavu, fonts-liberation and fonts-freefont-ttf.')
    return found


ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@.©-/& '


def lettered(size, faces, rng, largest):
    """A line of text somewhere, turned or not, its letters up to `largest` pixels high."""
    text = ''.join(rng.choice(ALPHABET) for _ in range(rng.randrange(3, 20)))
    face = ImageFont.truetype(rng.choice(faces), rng.randrange(12, max(13, largest)))
    layer = Image.new('L', (size, size), 0)
    ImageDraw.Draw(layer).text((rng.randrange(-size // 4, size * 3 // 4), rng.randrange(-8, size - 8)), text, fill=255,
                               font=face)
    if rng.random() < .6:
        layer = layer.rotate(rng.uniform(-45, 45))
    return (np.asarray(layer) > 20).astype(np.uint8)


def stroked(size, rng, widest, legs):
    """A brush stroke of up to `legs` straight parts."""
    a = np.zeros((size, size), np.uint8)
    x, y = rng.randrange(size), rng.randrange(size)
    width = rng.randrange(3, max(4, widest))
    for _ in range(rng.randrange(1, legs)):
        nx, ny = x + rng.randrange(-size // 2, size // 2), y + rng.randrange(-size // 2, size // 2)
        cv2.line(a, (x, y), (nx, ny), 1, width)
        cv2.circle(a, (nx, ny), width // 2, 1, -1)
        x, y = nx, ny
    return a


def grown(a, most, rng):
    by = rng.randrange(0, most)
    return cv2.dilate(a, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by + 1, 2 * by + 1))) if by else a


def fine_hole(size, faces, rng=random):
    """Letters and strokes as fine as watermarks and scratches are, many in one picture: 3 to 25 % of it."""
    a = np.zeros((size, size), np.uint8)
    wanted = rng.uniform(.03, .25)
    for _ in range(40):
        b = a | (grown(lettered(size, faces, rng, 64), 4, rng) if rng.random() < .6 else stroked(size, rng, 17, 5))
        if b.mean() < 1.3 * wanted:
            a = b
        if a.mean() > .7 * wanted:
            break
    return a if a.any() else fine_hole(size, faces, rng)


def hole(size, faces, rng=random, fine=0.):
    """A hole mask, uint8 0/1, size x size: a share that is `fine`, of the others 50 % text of any size, 35 % strokes,
    15 % boxes and ellipses."""
    if fine and rng.random() < fine:
        return fine_hole(size, faces, rng)
    kind = rng.random()
    a = np.zeros((size, size), np.uint8)
    if kind < .5:
        for _ in range(rng.randrange(1, 4)):
            a |= lettered(size, faces, rng, size // 3)
        a = grown(a, 6, rng)
    elif kind < .85:
        for _ in range(rng.randrange(1, 4)):
            a |= stroked(size, rng, size // 6, 6)
            if a.mean() > .3:
                break
    else:
        for _ in range(rng.randrange(1, 3)):
            w, h = rng.randrange(size // 10, size // 2), rng.randrange(size // 10, size // 2)
            x, y = rng.randrange(-w // 3, size - w * 2 // 3), rng.randrange(-h // 3, size - h * 2 // 3)
            if rng.random() < .5:
                a[max(0, y):max(0, y + h), max(0, x):max(0, x + w)] = 1
            else:
                cv2.ellipse(a, (x + w // 2, y + h // 2), (w // 2, h // 2), rng.uniform(0, 180), 0, 360, 1, -1)
    if a.mean() > .6 or not a.any():
        return hole(size, faces, rng)
    return a


def varied(c, rng=random):
    """A crop as it might have been: turned, its channels exchanged, brighter or darker, of more or less contrast. There are
    1,482 photos, and a network of this size begins to know them by heart."""
    if rng.random() < .5:
        c = np.rot90(c, rng.randrange(4))
    if rng.random() < .5:
        c = c[..., rng.sample(range(3), 3)]
    if rng.random() < .5:
        v = np.arange(256) / 255
        v = v ** np.exp(rng.uniform(-.5, .5))
        v = (v - .5) * rng.uniform(.6, 1) + .5 + rng.uniform(-.1, .1)
        c = np.clip(v * 255 + .5, 0, 255).astype(np.uint8)[c]
    return c


def psnr_in_hole(a, b, k):
    return 10 * np.log10(255 ** 2 / max(((a.astype(float) - b) ** 2)[k > 0].mean(), 1e-3))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    loop.arguments(ap)
    ap.add_argument('--perceptual', required=True, help='folder with squeezenet11_caffe.npz')
    ap.add_argument('--fine', type=float, default=.5, help='share of holes as fine as letters')
    ap.add_argument('--weight', type=float, default=0.004, help='weight of the feature loss')
    args = ap.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    np.random.seed(args.seed)
    faces = fonts()
    photos = Photos(args.data)
    held = Photos(args.data, split='held_out', smallest=256, limit=64)
    print(len(photos), 'photos,', len(held), 'held out for validation,', len(faces), 'fonts', flush=True)
    net = Inpaint().to(args.device)
    if args.init:
        loop.start_from(net, args.init)
    features = Features(args.perceptual).to(args.device)

    rng = random.Random(5)
    val = {'any': [], 'fine': []}
    for i, im in enumerate(held.images):
        name, draw = (('any', hole), ('fine', fine_hole))[i % 2]
        val[name].append((im[:256, :256], draw(256, faces, rng)))
    classical = {name: [round(float(np.mean([psnr_in_hole(cv2.inpaint(i, k, 3, f), i, k) for i, k in cases])), 3)
                        for f in (cv2.INPAINT_TELEA, cv2.INPAINT_NS)] for name, cases in val.items()}
    print('held-out, in the hole, Telea and Navier-Stokes:', classical, flush=True)

    def evaluate(model):
        model.eval()
        scores, dist = {name: [] for name in val}, []
        with torch.no_grad():
            for name, im, k in ((name, *case) for name, cases in val.items() for case in cases):
                t = torch.from_numpy(im.copy()).permute(2, 0, 1)[None].float().to(args.device) / 255
                kk = torch.from_numpy(k)[None, None].float().to(args.device)
                y = model(t * (1 - kk), kk).clamp(0, 1)
                dist.append(features(y, t).item())
                scores[name].append(psnr_in_hole(y[0].permute(1, 2, 0).cpu().numpy() * 255, im, k))
        model.train()
        return {n: round(float(np.mean(v)), 3) for n, v in scores.items()} | {'distance': round(float(np.mean(dist)), 4)}

    def loss_of(net, progress):
        size, count = (128, 8) if progress < .7 else (192, 4)
        xs = np.stack([varied(photos.crop(size)) for _ in range(count)])
        ks = np.stack([hole(size, faces, fine=args.fine) for _ in range(count)])
        t = torch.from_numpy(xs).permute(0, 3, 1, 2).float().to(args.device) / 255
        k = torch.from_numpy(ks)[:, None].float().to(args.device)
        with torch.autocast(args.device, dtype=torch.bfloat16):
            y = net(t * (1 - k), k).float()
            perceptual = features(y, t)
        # Every picture's error in its hole in decibels, however small the hole and however plain what lies under it.
        error = ((y - t) ** 2).sum((1, 2, 3)) / (k.sum((1, 2, 3)) * 3 + 1)
        return LOSS_SCALE * (error + LEAST_ERROR).log().mean() + args.weight * perceptual

    loop.fit(net, args, loss_of, evaluate)


if __name__ == '__main__':
    main()

"""Trains lacuna-colorize: from lightness, and from colours that a person hints at, to a and b of CIELAB.

    python3 colorize.py --data ../../../shared/data --perceptual ../../../shared/train/perceptual \\
        --minutes 60 --out /tmp/colorize [--init ../lacuna-colorize] [--device cpu] [--threads 1]

Hints follow Zhang et al. 2017, "Real-Time User-Guided Image Colorization with Learned Deep Priors": a few small patches
of the true colour; strokes as people paint them are added. Most photos are shown as old ones are: on film that is
blind to red, soft, grained, faded, scratched, printed in dots. While it trains, the network also has to say what
SqueezeNet's deep features of the coloured photo are: what a thing is tells what colour it has, and 1,482 photos teach
that too slowly. Progress is measured on held-out photos with fixed hints, never on a benchmark.
"""

import argparse
import random

import cv2
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import loop
from data import Photos
from layers import blocks, down, up
from perceptual import Features

ID = 'lacuna-colorize'
SIZE_MULTIPLE = 32
# The longest side that the network looks at; the same whatever the photo's size.
SIDE = 256
# a and b in these units.
UNIT = 128.
SLOPE = .1
# Share of the features that a training step does without.
FORGOTTEN = .25
# Brings the error to the size that the teaching has.
LOSS_SCALE = 20
TEACHING = ('fire5', 'fire8')


class Attention(nn.Module):
    """Channels weighed by what the whole picture shows (Hu et al. 2018, "Squeeze-and-Excitation Networks")."""

    def __init__(self, channels):
        super().__init__()
        self.a = nn.Conv2d(channels, channels // 4, 1)
        self.b = nn.Conv2d(channels // 4, channels, 1)

    def forward(self, x):
        y = F.leaky_relu(self.a(x.mean((2, 3), keepdim=True)), SLOPE)
        return x * (2 * torch.sigmoid(self.b(y)))


class Colorize(nn.Module):
    """lightness N,1,H,W in 0..1 (L* / 100), hints N,2,H,W (a and b / 128, 0 where none), hinted N,1,H,W in 0..1
    -> a and b / 128 as N,2,H,W; H, W multiples of 32."""

    def __init__(self):
        super().__init__()
        self.unshuffle = nn.PixelUnshuffle(2)
        self.head = nn.Conv2d(16, 48, 3, padding=1)
        self.d1 = down(48, 96)
        self.e1 = blocks(96, 1, 1, slope=SLOPE)
        self.d2 = down(96, 160)
        self.e2 = blocks(160, 1, 1, slope=SLOPE)
        self.d3 = down(160, 224)
        self.mid = nn.Sequential(*[nn.Sequential(blocks(224, d, slope=SLOPE), Attention(224)) for d in (1, 2, 4)])
        # 1,482 photos are soon known by heart; what is known of a thing must not hang on one of its features.
        self.forget = nn.Dropout2d(FORGOTTEN)
        self.u3 = up(224, 160)
        self.c2 = blocks(160, 1, 1, slope=SLOPE)
        self.u2 = up(160, 96)
        self.c1 = blocks(96, 1, 1, slope=SLOPE)
        self.u1 = up(96, 48)
        self.c0 = blocks(48, 1, slope=SLOPE)
        self.tail = nn.Conv2d(48, 8, 3, padding=1)
        self.tail.weight.data.mul_(.1)
        self.tail.bias.data.zero_()

    def seen(self, lightness, hints, hinted):
        x = self.unshuffle(torch.cat([lightness - .5, hints, hinted], 1))
        if x.is_cuda or self.training:
            x = x.contiguous(memory_format=torch.channels_last)
        a = self.head(x)
        b = self.e1(self.d1(a))
        c = self.e2(self.d2(b))
        return a, b, c, self.mid(self.forget(self.d3(c)))

    def told(self, a, b, c, d):
        y = self.c2(self.u3(self.forget(d)) + self.forget(c))
        y = self.c1(self.u2(y) + b)
        y = self.c0(self.u1(y) + a)
        return F.pixel_shuffle(self.tail(y), 2)

    def forward(self, lightness, hints, hinted):
        return self.told(*self.seen(lightness, hints, hinted))


def lab(rgb):
    """uint8 or float H,W,3 sRGB -> float32 L 0..100, a, b (D65)."""
    if rgb.dtype == np.uint8:
        rgb = rgb.astype(np.float32) / 255
    return cv2.cvtColor(np.ascontiguousarray(rgb, np.float32), cv2.COLOR_RGB2Lab)


def crop(im, size, rng):
    """Most of a photo, or a part of it, reduced to size x size; mirrored at random."""
    h, w = im.shape[:2]
    short = min(h, w)
    side = min(short, max(size, int(short * rng.uniform(.35, 1)))) if short >= size else short
    y, x = rng.randrange(h - side + 1), rng.randrange(w - side + 1)
    c = im[y:y + side, x:x + side]
    if side != size:
        c = cv2.resize(c, (size, size), interpolation=cv2.INTER_AREA if side > size else cv2.INTER_CUBIC)
    return c[:, ::-1] if rng.random() < .5 else c


def aged(light, rgb, rng, noise):
    """Lightness 0..1 as an old photo shows it. `noise` is a numpy Generator."""
    n = light.shape[0]
    if rng.random() < .3:
        # Film that sees blue, and little or no red.
        w = np.array([rng.uniform(0, .3), rng.uniform(.2, .6), 0], np.float32)
        w[2] = 1 - w.sum()
        light = lab(np.repeat((rgb.astype(np.float32) / 255 @ w)[..., None], 3, 2))[..., 0] / 100
    if rng.random() < .5:
        light = cv2.GaussianBlur(light, (0, 0), rng.uniform(.4, 1.6))
    if rng.random() < .6:
        low, high = rng.uniform(0, .25), rng.uniform(.75, 1)
        light = low + (high - low) * np.clip(light, 0, 1) ** np.exp(rng.uniform(-.4, .4))
    if rng.random() < .5:
        grain = noise.standard_normal((n, n), np.float32)
        grain = cv2.GaussianBlur(grain, (0, 0), rng.uniform(.5, 1.2))
        light = light + grain / grain.std() * rng.uniform(.01, .07)
    if rng.random() < .2:
        # A printer's screen.
        angle, period = rng.uniform(0, np.pi), rng.uniform(2.5, 5)
        y, x = np.mgrid[:n, :n].astype(np.float32)
        u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
        dots = np.cos(2 * np.pi * u / period) + np.cos(2 * np.pi * v / period)
        light = light + rng.uniform(.02, .1) * dots
    if rng.random() < .25:
        light = np.ascontiguousarray(light, np.float32)
        for _ in range(rng.randrange(1, 8)):
            x, y = rng.randrange(n), rng.randrange(n)
            if rng.random() < .6:
                cv2.line(light, (x, y), (x + rng.randrange(-n // 8, n // 8 + 1), y + rng.randrange(-n, n)),
                         rng.choice((0., 1., .9)), 1, cv2.LINE_AA)
            else:
                cv2.circle(light, (x, y), rng.randrange(1, 4), rng.choice((0., 1.)), -1)
    return np.clip(light, 0, 1)


def hint(ab, count, rng):
    """`count` patches of the true colour as planes 2,H,W, and where they are, H,W."""
    n = ab.shape[0]
    colours, where = np.zeros_like(ab), np.zeros((n, n), np.float32)
    for _ in range(count):
        half = rng.randrange(0, 5)
        y, x = rng.randrange(half, n - half), rng.randrange(half, n - half)
        window = np.s_[y - half:y + half + 1, x - half:x + half + 1]
        colours[window], where[window] = ab[window].mean((0, 1)), 1
    return colours, where


def stroked(ab, rng):
    """A few strokes of one colour each, along which the picture's own colour stays about the same."""
    n = ab.shape[0]
    colours, where = np.zeros_like(ab), np.zeros((n, n), np.float32)
    for _ in range(rng.randrange(1, 6)):
        y, x = rng.randrange(n), rng.randrange(n)
        angle, width = rng.uniform(0, 2 * np.pi), rng.randrange(0, 4)
        path = []
        for _ in range(rng.randrange(4, 40)):
            iy, ix = int(y), int(x)
            if not (0 <= iy < n and 0 <= ix < n) or (path and np.abs(ab[iy, ix] - ab[path[0]]).max() > .07):
                break
            path.append((iy, ix))
            y, x = y + np.sin(angle), x + np.cos(angle)
            angle += rng.uniform(-.3, .3)
        if path:
            mean = np.mean([ab[p] for p in path], 0)
            for iy, ix in path:
                window = np.s_[max(0, iy - width):iy + width + 1, max(0, ix - width):ix + width + 1]
                colours[window], where[window] = mean, 1
    return colours, where


def hinted(ab, rng):
    kind = rng.random()
    if kind < .45:
        return hint(ab, 0, rng)
    if kind < .9:
        return hint(ab, min(1 + int(rng.expovariate(.1)), 60), rng)
    return stroked(ab, rng)


def planes(a):
    return torch.from_numpy(np.ascontiguousarray(np.stack(a)))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    loop.arguments(ap)
    ap.add_argument('--perceptual', required=True, help='folder with squeezenet11_caffe.npz')
    ap.add_argument('--teach', type=float, default=.2, help='weight of what SqueezeNet says of the photo in colour')
    ap.add_argument('--size', type=int, default=160, help='side of the squares in the first 70 % of the time')
    ap.add_argument('--count', type=int, default=8)
    args = ap.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    np.random.seed(args.seed)
    noise = np.random.default_rng(args.seed)
    photos = Photos(args.data)
    held = Photos(args.data, split='held_out')

    def reduced(im, short=320):
        h, w = im.shape[:2]
        s = short / min(h, w)
        return cv2.resize(im, (round(w * s), round(h * s)), interpolation=cv2.INTER_AREA) if s < 1 else im
    images = [reduced(i) for i in photos.images]
    print(len(images), 'photos,', len(held), 'held out for validation', flush=True)

    net = Colorize()
    if args.init:
        loop.start_from(net, args.init)
    net = net.to(args.device)
    teacher = Features(args.perceptual, TEACHING).to(args.device)
    heads = nn.ModuleList([nn.Conv2d(160, 256, 1), nn.Conv2d(224, 512, 1)]).to(args.device)
    head_opt = torch.optim.Adam(heads.parameters(), 2e-3)

    rng = random.Random(5)
    val = []
    for im in held.images:
        h, w = im.shape[:2]
        s = SIDE / max(h, w)
        im = cv2.resize(im, (round(w * s), round(h * s)), interpolation=cv2.INTER_AREA)
        h, w = im.shape[0] // SIZE_MULTIPLE * SIZE_MULTIPLE, im.shape[1] // SIZE_MULTIPLE * SIZE_MULTIPLE
        im = im[:h, :w]
        t = lab(im)
        colours, where = np.zeros((h, w, 2), np.float32), np.zeros((h, w), np.float32)
        for _ in range(20):
            y, x = rng.randrange(3, h - 3), rng.randrange(3, w - 3)
            window = np.s_[y - 3:y + 4, x - 3:x + 4]
            colours[window], where[window] = t[window][..., 1:].mean((0, 1)) / UNIT, 1
        val.append((im.astype(np.float32) / 255, t, colours, where))

    def psnr(t, ab, rgb):
        out = cv2.cvtColor(np.concatenate([t[..., :1], ab], 2), cv2.COLOR_Lab2RGB)
        return -10 * np.log10(((np.clip(out, 0, 1) - rgb) ** 2).mean())

    tint = np.mean([t[..., 1:].mean((0, 1)) for _, t, _, _ in val], 0)
    base = np.mean([psnr(t, np.broadcast_to(tint, t[..., 1:].shape).astype(np.float32), rgb) for rgb, t, _, _ in val])
    print('mean tint', tint.round(1), 'PSNR', round(float(base), 2), flush=True)

    def evaluate(model):
        model.eval()
        out = {}
        with torch.no_grad(), torch.autocast(args.device, dtype=torch.bfloat16):
            for name in ('auto', 'hints'):
                made = []
                for rgb, t, colours, where in val:
                    on = name == 'hints'
                    x = [torch.from_numpy(t[..., 0] / 100)[None, None],
                         torch.from_numpy(colours * on).permute(2, 0, 1)[None], torch.from_numpy(where * on)[None, None]]
                    made.append(model(*[v.float().to(args.device) for v in x])[0].permute(1, 2, 0).float().cpu().numpy() * UNIT)
                truth = np.concatenate([t[..., 1:].reshape(-1, 2) for _, t, _, _ in val])
                guess = np.concatenate([m.reshape(-1, 2) for m in made])
                p, q = guess - guess.mean(0), truth - truth.mean(0)
                rho, ratio = (p * q).sum() / np.sqrt((p * p).sum() * (q * q).sum()), np.sqrt((p * p).sum() / (q * q).sum())
                best = max((float(np.mean([psnr(t, m * g, rgb) for (rgb, t, _, _), m in zip(val, made)])), g)
                           for g in (.8, 1, 1.2, 1.4))
                out[name] = {'gain': round(float(np.mean([psnr(t, m, rgb) for (rgb, t, _, _), m in zip(val, made)])) - base, 3),
                             'best': (round(best[0] - base, 3), best[1]), 'rho': round(float(rho), 3),
                             'ratio': round(float(ratio), 3)}
        model.train()
        return out

    def loss_of(net, progress):
        size, count = (args.size, args.count) if progress < .7 else (224, max(2, args.count // 2))
        light, abs_, colours, where, whole = [], [], [], [], []
        for _ in range(count):
            c = crop(random.choice(images), size, random)
            t = lab(c)
            l = t[..., 0] / 100
            light.append((aged(l, c, random, noise) if random.random() < .7 else l).astype(np.float32)[None])
            ab = t[..., 1:] / UNIT
            h, w = hinted(ab, random)
            abs_.append(ab.transpose(2, 0, 1))
            colours.append(h.transpose(2, 0, 1))
            where.append(w[None])
            whole.append(c.transpose(2, 0, 1))
        light, ab, colours, where = planes(light), planes(abs_), planes(colours), planes(where)
        with torch.autocast(args.device, dtype=torch.bfloat16):
            a, b, c, d = net.seen(light, colours, where)
            y = net.told(a, b, c, d).float()
            taught = 0
            if args.teach:
                with torch.no_grad():
                    told = list(teacher.taps(planes(whole).float() / 255))
                for head, x, truth in zip(heads, (c, d), told):
                    truth = F.adaptive_avg_pool2d(truth.float(), x.shape[2:])
                    taught = taught + (F.normalize(head(x).float(), dim=1) - F.normalize(truth, dim=1)).pow(2).sum(1).mean()
        # The mean of what is possible, not its median: colours are rare, and a median is grey.
        error = F.mse_loss(y, ab)
        head_opt.step()
        head_opt.zero_grad()
        return LOSS_SCALE * error + args.teach * taught

    loop.fit(net, args, loss_of, evaluate)


if __name__ == '__main__':
    main()

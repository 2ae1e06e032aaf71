"""Trains lacuna-denoise: noise of every kind and JPEG damage, removed by a U-Net that works at half resolution.

    python3 denoise.py --data ../../../shared/data --minutes 140 --out /tmp/denoise [--init ../lacuna-denoise]

The network is told what to expect: the noise level at every pixel (`sigma`), how coarse the noise is (`grain`, the
correlation of neighbouring pixels) and how strong the JPEG compression was (`jpeg`); it answers with a difference.

Degradations (degrade.py): white Gaussian noise, neither clipped nor rounded; JPEG alone, in colour and in grey; and
camera noise as files have it (Poisson-Gaussian in linear light, Foi et al. 2008, seen through a Bayer filter, demosaiced,
tone-mapped and smoothed, as in Zhang et al. 2021 and Wang et al. 2021), rounded to bytes and mostly JPEG-coded.
Progress is measured on held-out photos with fixed seeds, never on a benchmark.
"""

import argparse
import random

import cv2
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import degrade
import loop
from data import Photos
from layers import blocks, down, up

ID = 'lacuna-denoise'
SIZE_MULTIPLE = 8
# Pixels around a tile that the program computes and drops; multiples of 8, so that tiles keep to the JPEG grid.
HALO = 80


class Denoise(nn.Module):
    """image N,3,H,W; sigma N,1,H,W (standard deviation of the noise, 0..1); grain and jpeg N,1,1,1 -> difference N,3,H,W.

    H and W are multiples of 8. Tiles must start at multiples of 8: the JPEG grid is seen through the pixel unshuffles.
    """

    def __init__(self):
        super().__init__()
        # Empty planes behind the six, see export.py.
        self.spare = 0
        self.unshuffle = nn.PixelUnshuffle(2)
        self.head = nn.Conv2d(24, 64, 3, padding=1)
        self.e1 = blocks(64, 1, 1, 1)
        self.d1 = down(64, 64)
        self.e2 = blocks(64, 1, 1)
        self.d2 = down(64, 128)
        self.mid = blocks(128, 1, 1, 1, 1, slope=.2)
        self.u2 = up(128, 64)
        self.c2 = blocks(64, 1, 1)
        self.u1 = up(64, 64)
        self.c1 = blocks(64, 1, 1, 1)
        self.tail = nn.Conv2d(64, 12, 3, padding=1)
        self.tail.weight.data.mul_(0.1)
        self.tail.bias.data.zero_()

    def forward(self, image, sigma, grain, jpeg):
        nothing = sigma * 0
        x = torch.cat([image, sigma, nothing + grain, nothing + jpeg] + [nothing] * self.spare, 1)
        if x.is_cuda or self.training:
            x = x.contiguous(memory_format=torch.channels_last)
        a = self.e1(self.head(self.unshuffle(x)))
        b = self.e2(self.d1(a))
        y = self.mid(self.d2(b))
        y = self.c2(self.u2(y) + b)
        y = self.c1(self.u1(y) + a)
        return F.pixel_shuffle(self.tail(y), 2)


def jpeg_level(quality):
    """The conditioning value of an IJG quality: 0 = not compressed, 0.9 = quality 10."""
    return (100 - quality) / 100


def correlation(n):
    """The correlation of neighbouring pixels, horizontally and vertically, over all channels."""
    n = n - n.mean((0, 1))
    power = (n ** 2).mean() + 1e-12
    return float(np.clip(((n[:, 1:] * n[:, :-1]).mean() + (n[1:] * n[:-1]).mean()) / (2 * power), 0, 1))


def sensor_noise(clean, rng, draw):
    """What a camera adds to `clean` (even sides): noise on the mosaic, in linear light, through its processing.

    rng chooses the camera, `draw` the noise of one shot."""
    gains = np.array([rng.uniform(1.3, 2.6), 1, rng.uniform(1.3, 2.6)], np.float32)
    raw = degrade.mosaic(degrade.to_linear(clean) / gains)
    read = 10 ** rng.uniform(-3.4, -1.6)
    shot = 10 ** rng.uniform(-4.3, -1.9)
    noisy = degrade.poisson_gaussian(raw, shot, read, draw)
    demosaic = degrade.demosaic_malvar if rng.random() < .5 else degrade.demosaic_bilinear
    n = degrade.to_srgb(demosaic(noisy) * gains) - degrade.to_srgb(demosaic(raw) * gains)
    return n - mean_by_value(n, clean)


VALUE_EDGES = np.array([0, .04, .1, .2, .35, .6, 1.01], np.float32)


def mean_by_value(n, clean):
    """The mean of n as a function of the pixel's value, channel by channel: what the tone curve makes of noise that
    had none. (Over all channels at once, the difference between them would be left: a cast that the network learns.)"""
    mean = np.empty_like(clean)
    for c in range(clean.shape[2]):
        values = clean[..., c]
        at = np.digitize(values, VALUE_EDGES[1:-1]).ravel()
        count = np.bincount(at, minlength=6)
        # Bins of a few pixels would tell of these, not of their value.
        known = count >= .02 * values.size
        bias = np.bincount(at, n[..., c].ravel(), 6) / np.maximum(count, 1)
        middle = np.bincount(at, values.ravel(), 6) / np.maximum(count, 1)
        mean[..., c] = np.interp(values, middle[known], bias[known])
    return mean


def correlated_noise(clean, rng, draw):
    """Gaussian noise, correlated over space and channels, stronger in the shadows or in the lights."""
    h, w = clean.shape[:2]
    n = draw.standard_normal((h, w, 3), np.float32)
    if rng.random() < .5:
        n = n * rng.uniform(.1, 1) + draw.standard_normal((h, w, 1), np.float32) * rng.uniform(0, 1)
    u = rng.random()
    if u < .5:
        n = cv2.GaussianBlur(n, (0, 0), rng.uniform(.3, 1.2), rng.uniform(.3, 1.2))
    elif u < .8:
        # Grain of a picture that was enlarged.
        f = rng.uniform(1, 2.2)
        n = cv2.resize(n[:int(h / f) + 1, :int(w / f) + 1], (w, h), interpolation=cv2.INTER_CUBIC)
    light = cv2.blur(clean.mean(2), (5, 5))[..., None]
    slope = rng.uniform(-.9, .9)
    n = n * np.sqrt(np.clip(1 + slope * (2 * light - 1), .05, 2))
    return n * (np.exp(rng.uniform(0, np.log(40))) / 255 / (n.std() + 1e-6))


def processed(n, clean, rng):
    """What the camera's own cleaning leaves of its noise: chroma smoothed more than luma, then perhaps sharpened."""
    if rng.random() < .7:
        # Cleaning that spares detail, as cameras do: flat areas keep less of the noise.
        light = clean @ np.array([.299, .587, .114], np.float32)
        detail = cv2.blur(np.abs(light - cv2.blur(light, (5, 5))), (7, 7))
        least = rng.uniform(.3, 1)
        n = n * (least + (1 - least) * detail / (detail + np.float32(.015)))[..., None]
    luma = n @ np.array([.299, .587, .114], np.float32)
    chroma = n - luma[..., None]
    if rng.random() < .7:
        # A blur takes most of its power; what is left stands out all the same, in blotches as wide as the blur.
        before = chroma.std()
        chroma = cv2.GaussianBlur(chroma, (0, 0), np.exp(rng.uniform(np.log(.5), np.log(7))))
        chroma = chroma * (before / (chroma.std() + 1e-6) * np.exp(rng.uniform(np.log(.1), 0)))
    if rng.random() < .6:
        # Noise reduction takes most of the fine grain and leaves the coarse.
        middle = cv2.GaussianBlur(luma, (0, 0), rng.uniform(.6, 1.2))
        coarse = cv2.GaussianBlur(luma, (0, 0), rng.uniform(1.5, 3.5))
        luma = rng.uniform(0, 1) * (luma - middle) + rng.uniform(.3, 1.2) * (middle - coarse) + rng.uniform(.8, 2.2) * coarse
    if rng.random() < .3:
        luma = luma + rng.uniform(.2, 1) * (luma - cv2.GaussianBlur(luma, (0, 0), 1))
    return luma[..., None] + chroma


def level_map(n, seen, rng):
    """The noise level as the program can know it: constant, or a straight line of the variance over brightness."""
    power = (n ** 2).mean(2)
    mean = float(power.mean()) + 1e-9
    if rng.random() < .5:
        return np.full(power.shape, np.sqrt(mean), np.float32)
    light = cv2.blur(seen.mean(2), (9, 9), borderType=cv2.BORDER_REFLECT_101)
    d = light - light.mean()
    slope = float((d * (power - mean)).mean() / (max(float((d ** 2).mean()), 1e-3)))
    return np.sqrt(np.clip(mean + slope * d, .1 * mean, 4 * mean)).astype(np.float32)


def cleaned(x, level, rng):
    """A camera's own noise reduction: a self-guided filter (He et al. 2010), stronger on colour than on brightness.

    What is fainter than the noise goes with it, texture too; edges keep theirs, and their noise."""
    side = 2 * int(rng.integers(1, 4)) + 1
    strength = rng.uniform(.4, 2)
    share = rng.uniform(.5, 1)
    luma = (x @ np.array([.299, .587, .114], np.float32))[..., None]
    parts = []
    for part, factor in ((luma, 1), (x - luma, rng.uniform(1, 3))):
        mean = cv2.blur(part, (side, side)).reshape(part.shape)
        variance = np.maximum(cv2.blur(part * part, (side, side)).reshape(part.shape) - mean * mean, 0)
        gain = variance / (variance + (factor * strength * level) ** 2 + 1e-8)
        smooth = cv2.blur(gain, (side, side)).reshape(part.shape) * part \
            + cv2.blur((1 - gain) * mean, (side, side)).reshape(part.shape)
        parts.append(part + np.float32(share) * (smooth - part))
    return parts[0] + parts[1]


def soft(clean, rng):
    """What lens, low-pass filter and demosaicing leave of detail at full size, and the camera's sharpening after them.

    The photos that the recipes learn from were reduced, and are sharper than any camera's own pixels, where an edge is
    pixels wide and most of the frame is plain: without this, the network takes grain, fine and coarse, for detail."""
    if rng.random() < .25:
        return clean
    if rng.random() < .65:
        h, w = clean.shape[:2]
        f = np.exp(rng.uniform(0, np.log(3.5)))
        clean = np.clip(cv2.resize(clean[:int(h / f) + 1, :int(w / f) + 1], (w, h), interpolation=cv2.INTER_CUBIC), 0, 1)
    y = cv2.GaussianBlur(clean, (0, 0), np.exp(rng.uniform(np.log(.35), np.log(1.5))))
    if rng.random() < .5:
        y = np.clip(y + rng.uniform(.1, .8) * (y - cv2.GaussianBlur(y, (0, 0), rng.uniform(.6, 1.5))), 0, 1)
    return y.astype(np.float32)


# Brings gradients to the size that an absolute error has.
LOSS_SCALE = .02

MARGIN = 8
# Shots that the mean of a cleaned picture is taken from.
SHOTS = 6


def camera(clean, rng):
    """clean: float H,W,3 with a margin of 8 around what is used -> (noisy, target, sigma map, grain, jpeg, noise).

    The target is the mean of many such pictures, clipping and the camera's own cleaning included: the network keeps local
    means, never learns to darken shadows, and invents no texture that the camera took away. Level and grain are those of
    the noise that the file still shows: what differs from the same file made without noise. sigma, grain and jpeg are
    exact; `vary` makes of them what an estimator would say.
    """
    clean = soft(clean, rng)
    make = sensor_noise if rng.random() < .6 else correlated_noise
    seed = int(rng.integers(1 << 32))
    limit = np.exp(rng.uniform(np.log(3), np.log(45))) / 255
    cleaning = rng.random() < .5

    def noise():
        # The same camera for every shot.
        own = np.random.default_rng(seed)
        n = make(clean, own, rng)
        return processed(n, clean, own) if own.random() < (.35 if cleaning else .7) else n

    n = noise()
    level = float(np.sqrt((n ** 2).mean()))
    scale = np.float32(limit / level if level > 45 / 255 else 1)
    n, level = n * scale, level * scale
    if cleaning:
        def shot(n):
            return np.clip(cleaned(np.clip(clean + n, 0, 1), level, np.random.default_rng(seed + 1)), 0, 1)

        picture = shot(n)
        target = sum(shot(noise() * scale) for _ in range(SHOTS)) / SHOTS
    else:
        picture = clean + n
        target = degrade.mean_when_clipped(clean, np.sqrt(cv2.blur(n ** 2, (9, 9))))
        # What that formula misses: near black the tone curve makes the noise lopsided.
        target = target + mean_by_value(np.clip(picture, 0, 1) - target, clean)
    inner = np.s_[MARGIN:-MARGIN, MARGIN:-MARGIN]
    with_noise = np.ascontiguousarray(degrade.to_bytes(picture)[inner])
    without = np.ascontiguousarray(degrade.to_bytes(target)[inner])
    jpeg = 0
    if rng.random() < .4:
        # The camera's own file, before it was cropped or saved again.
        fine, sub, at = int(rng.integers(85, 99)), rng.random() < .5, tuple(int(v) for v in rng.integers(0, 8, 2))
        with_noise, without = (degrade.jpeg(x, fine, sub, at) for x in (with_noise, without))
        jpeg = jpeg_level(fine)
    if rng.random() < .7:
        quality = int(rng.integers(60, 98)) if rng.random() < .8 else int(rng.integers(20, 60))
        shift = (0, 0) if rng.random() < .7 else tuple(int(v) for v in rng.integers(0, 8, 2))
        subsample = rng.random() < .6
        with_noise = degrade.jpeg(with_noise, quality, subsample, shift)
        without = degrade.jpeg(without, quality, subsample, shift)
        jpeg = jpeg_level(quality)
    seen, without = with_noise.astype(np.float32) / 255, without.astype(np.float32) / 255
    n = seen - without
    target = target[inner]
    # Clipping at the ends of the range makes JPEG brighten dark colours a little on the whole. That stays: told to take
    # it back, the network would shift the colours of every picture. What it did to single blocks goes.
    target = target + mean_by_value(without - target, target)
    return seen, target.astype(np.float32), level_map(n, seen, rng), correlation(n), jpeg, n


def vary(sigma, grain, jpeg, rng):
    """The conditions as an estimator gives them, which errs by a third on camera noise of unseen pictures
    (fit_estimate.py prints by how much); now and then as a slider at its end: far too much."""
    factor = np.exp(rng.normal(-.05, .35)) if rng.random() < .92 else rng.uniform(1, 4)
    return (sigma * np.float32(factor), np.clip(grain + rng.normal(0, .06), 0, 1),
            max(0, jpeg + rng.normal(0, .02)) if jpeg > 0 else 0)


def blocky(clean, rng):
    """JPEG alone. clean: uint8 H,W,3, grey half of the time."""
    quality = int(5 + 90 * rng.random() ** 1.5)
    shift = (0, 0) if rng.random() < .8 else tuple(int(v) for v in rng.integers(0, 8, 2))
    if clean[0, 0].ptp() == 0 and (clean[..., 0] == clean[..., 1]).all():
        seen = np.repeat(degrade.jpeg(np.ascontiguousarray(clean[..., 0]), quality, shift=shift)[..., None], 3, 2)
    else:
        seen = degrade.jpeg(clean, quality, rng.random() < .6, shift)
    return seen.astype(np.float32) / 255, jpeg_level(quality)


def grey(c):
    return np.repeat(cv2.cvtColor(c, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)


# White noise (of 255) that drowns what JPEG did to a photo at quality 90.
DROWNING = 12


def sample(photos, compressed, size, kind, rng, choices):
    """One training pair: (degraded, clean, sigma map, grain, jpeg). Under white noise that is strong enough it may come
    from the `compressed` photos at their own size: four times the pixels, and softer than what was reduced."""
    margin = MARGIN if kind == 'camera' else 0
    s = rng.uniform(0, 55)
    pool = compressed if kind == 'white' and s > DROWNING and rng.random() < .6 else photos
    # Most at their own scale: what was reduced further is sharper still than what people open.
    c = pool.crop(size + 2 * margin, choices, .25)
    c = np.rot90(c, choices.randrange(4))
    if choices.random() < {'white': .08, 'jpeg': .5, 'camera': .06}[kind]:
        c = grey(np.ascontiguousarray(c))
    c = np.ascontiguousarray(c)
    clean = c.astype(np.float32) / 255
    if kind == 'white':
        if rng.random() < .2:
            clean = soft(clean, rng)
        shape = clean.shape if (c[..., 0] != c[..., 1]).any() else clean.shape[:2] + (1,)
        # A few pictures are told of more noise than they have: local means stay, whatever is asked for.
        told = s / 255
        s = told if rng.random() < .96 else told * rng.random()
        seen = clean + rng.standard_normal(shape, np.float32) * np.float32(s)
        if rng.random() < .2:
            seen, clean = degrade.to_bytes(seen) / np.float32(255), degrade.mean_when_clipped(clean, np.float32(s))
        return seen, clean, np.full(clean.shape[:2], told, np.float32), 0, 0
    if kind == 'jpeg':
        seen, level = blocky(c, rng)
        return seen, clean, np.zeros(clean.shape[:2], np.float32), 0, level
    seen, target, sigma, grain, level, _ = camera(clean, rng)
    return (seen, target) + vary(sigma, grain, level, rng)


def batch(photos, compressed, size, count, mix, rng, choices):
    """mix: share of 'white', 'jpeg', 'camera'; returns tensors image, sigma, grain, jpeg, clean."""
    kinds = rng.choice(['white', 'jpeg', 'camera'], count, p=mix)
    made = [sample(photos, compressed, size, k, rng, choices) for k in kinds]

    def picture(i):
        return torch.from_numpy(np.stack([m[i] for m in made])).permute(0, 3, 1, 2)

    def scalar(i):
        return torch.tensor([float(m[i]) for m in made]).view(-1, 1, 1, 1)

    return picture(0), torch.from_numpy(np.stack([m[2] for m in made]))[:, None], scalar(3), scalar(4), picture(1)


def held_out_cases(photos, size=256):
    """Fixed validation pairs on held-out photos, by name."""
    cases = {}
    for name in ('white 15', 'white 25', 'white 50', 'jpeg 10', 'jpeg 20', 'jpeg 50 colour', 'camera'):
        rng = np.random.default_rng(7)
        made = []
        for im in photos.images:
            h, w = im.shape[0] // 2, im.shape[1] // 2
            c = np.ascontiguousarray(im[h - size // 2:h + size // 2, w - size // 2:w + size // 2])
            zero = np.zeros(c.shape[:2], np.float32)
            if name.startswith('white'):
                s = int(name.split()[1]) / 255
                x = c / np.float32(255)
                made.append((x + rng.standard_normal(c.shape, np.float32) * s, x, zero + np.float32(s), 0, 0))
            elif name.startswith('jpeg'):
                q = int(name.split()[1])
                g = c if 'colour' in name else grey(c)
                seen = degrade.jpeg(g, q) if 'colour' in name else np.repeat(degrade.jpeg(g[..., 0], q)[..., None], 3, 2)
                made.append((seen / np.float32(255), g / np.float32(255), zero, 0, jpeg_level(q)))
            else:
                x = c / np.float32(255)
                made.append(camera(x, rng)[:5])
        cases[name] = made
    return cases


def evaluate(net, cases):
    """Mean PSNR over each list of cases."""
    net.eval()
    result = {}
    with torch.no_grad():
        for name, made in cases.items():
            scores = []
            for seen, clean, sigma, grain, level in made:
                x = torch.from_numpy(np.ascontiguousarray(seen)).permute(2, 0, 1)[None].float()
                y = x + net(x, torch.from_numpy(sigma)[None, None], torch.full((1, 1, 1, 1), float(grain)),
                            torch.full((1, 1, 1, 1), float(level)))
                y = np.rint(y[0].permute(1, 2, 0).clamp(0, 1).numpy() * 255) / 255
                scores.append(-10 * np.log10(((y - clean) ** 2).mean()))
            result[name] = round(float(np.mean(scores)), 2)
    net.train()
    return result


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    loop.arguments(ap)
    ap.add_argument('--mix', default='50,20,30', help='percent of white noise, JPEG alone, camera noise')
    args = ap.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    choices, rng = random.Random(args.seed), np.random.default_rng(args.seed)
    mix = np.array([float(v) for v in args.mix.split(',')])
    mix /= mix.sum()
    photos = Photos(args.data, subsets=('clean',))
    compressed = Photos(args.data, subsets=('p512',))
    photos.reduce(compressed)
    cases = held_out_cases(Photos(args.data, split='held_out', subsets=('clean',), smallest=256))
    print(len(photos), 'photos,', {k: len(v) for k, v in cases.items()}, 'held out for validation', flush=True)
    net = Denoise().to(args.device)
    if args.init:
        loop.start_from(net, args.init)

    def loss_of(net, progress):
        # Wide pieces at last: blotches of colour, and JPEG blocks, are judged by what lies around them.
        size, count = (64, 16) if progress < .6 else (96, 8) if progress < .8 else (128, 5)
        image, sigma, grain, jpeg, clean = [t.to(args.device) for t in batch(photos, compressed, size, count, mix, rng, choices)]
        with torch.autocast(args.device, dtype=torch.bfloat16):
            y = net(image, sigma, grain, jpeg)
        error = image + y.float() - clean
        # What PSNR measures: every picture's error in decibels, however much noise it has. (The errors themselves would
        # leave pictures with little noise unheard.) Errors of half a level or less are as good as none.
        return LOSS_SCALE * ((error ** 2).mean((1, 2, 3)) + 4e-6).log().mean()

    loop.fit(net, args, loss_of, lambda net: evaluate(net, cases))


if __name__ == '__main__':
    main()

"""Fits the perceptron of estimate.py on degraded training photos and tests it on held-out ones.

    python3 fit_estimate.py --data ../../../shared/data [--out FILE] [--repeats 20]
"""

import argparse
import random

import numpy as np
import torch
import torch.nn as nn

import degrade
import denoise
from data import Photos
from estimate import CONSTANTS, statistics, store


# Of camera noise, too little told costs more than too much: on held-out photos half the level loses 0.36 dB, twice the
# level 0.23. So the level asked for is this quantile of what it may be, not the median. (`measure_denoise.py
# --held-out`, camera noise, Auto: 36.94 dB with 0.75, 36.93 with 0.82, 36.96 with 0.9.)
CAMERA_QUANTILE = .9
# White noise can be known exactly, and a picture of 60 by 60 pixels with little of it is the first to suffer where the
# perceptron is bent towards the camera's.
WHITE_WEIGHT = 3
# Perceptrons fitted apart, the mean of whose answers counts: one alone depends on where it began.
MEMBERS = 4
STEPS = 16000


def degraded(clean, kind, rng):
    """clean: uint8 H,W,3 -> picture in 0..255, level of the noise in it (0..255), its grain, JPEG level."""
    if kind == 'clean':
        return clean.astype(np.float32), 0, 0, 0
    if kind == 'white':
        s = np.exp(rng.uniform(np.log(1), np.log(60)))
        x = clean + rng.standard_normal(clean.shape, np.float32) * np.float32(s)
        return (x if rng.random() < .4 else np.rint(np.clip(x, 0, 255)).astype(np.float32)), s, 0, 0
    if kind == 'jpeg':
        seen, level = denoise.blocky(clean, rng)
        return seen * 255, 0, 0, level
    seen, _, _, grain, level, n = denoise.camera(clean / np.float32(255), rng)
    return seen * 255, float(np.sqrt((n ** 2).mean())) * 255, grain, level


def examples(photos, repeats, rng, choices):
    xs, ys, kinds = [], [], []
    for _ in range(repeats):
        for im in photos.images:
            h, w = im.shape[0] // 2 * 2, im.shape[1] // 2 * 2
            side_h, side_w = choices.randrange(min(h, 160), min(h, 512) + 1) // 2 * 2, choices.randrange(min(w, 160), min(w, 512) + 1) // 2 * 2
            y, x = choices.randrange(h - side_h + 1), choices.randrange(w - side_w + 1)
            clean = np.ascontiguousarray(im[y:y + side_h, x:x + side_w])
            kind = choices.choices(['clean', 'white', 'jpeg', 'camera'], [12, 30, 12, 46])[0]
            if choices.random() < .12:
                clean = denoise.grey(clean)
            seen, level, grain, jpeg = degraded(clean, kind, rng)
            f, _ = statistics(np.ascontiguousarray(seen))
            xs.append(np.append(f, jpeg))
            ys.append((np.log(level + .5), grain, level))
            kinds.append(kind)
    return np.array(xs), np.array(ys), np.array(kinds)


def fitted(t, x, y, kinds, hidden, seed):
    """One perceptron, fitted to the features t (normed; x as they were), the truth y and the kinds of degradation."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(x.shape[1], hidden), nn.ReLU(), nn.Linear(hidden, 2))
    opt = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-2)
    # Level: the correction of the flattest blocks' own level.
    base = torch.from_numpy(x[:, 0] / 2).float()
    want = torch.from_numpy(y[:, :2]).float()
    quantile = torch.from_numpy(np.where(kinds == 'camera', CAMERA_QUANTILE, .5)).float()
    weight = torch.from_numpy(np.where(kinds == 'white', WHITE_WEIGHT, 1)).float()
    for i in range(STEPS):
        for g in opt.param_groups:
            g['lr'] = 3e-3 * .5 * (1 + np.cos(np.pi * i / STEPS))
        at = torch.randint(0, len(t), (256,))
        out = net(t[at] + .1 * torch.randn_like(t[at]))
        noisy = (want[at, 0] > -.6).float()
        short = want[at, 0] - out[:, 0] - base[at]
        level = weight[at] * torch.maximum(quantile[at] * short, (quantile[at] - 1) * short)
        loss = 2 * level.mean() + (noisy * (out[:, 1] - want[at, 1]).abs()).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return net


def together(nets):
    """One perceptron that answers with the mean of what several answer."""
    first, last = [n[0] for n in nets], [n[2] for n in nets]
    net = nn.Sequential(nn.Linear(first[0].in_features, sum(f.out_features for f in first)), nn.ReLU(),
                        nn.Linear(sum(f.out_features for f in first), 2))
    with torch.no_grad():
        net[0].weight.copy_(torch.cat([f.weight for f in first]))
        net[0].bias.copy_(torch.cat([f.bias for f in first]))
        net[2].weight.copy_(torch.cat([f.weight for f in last], 1) / len(nets))
        net[2].bias.copy_(sum(f.bias for f in last) / len(nets))
    return net


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--data', required=True)
    ap.add_argument('--out', default=CONSTANTS, help='where the constants go; else where the program reads them')
    ap.add_argument('--repeats', type=int, default=20)
    ap.add_argument('--cache', help='keeps the examples between runs')
    ap.add_argument('--hidden', type=int, default=32)
    args = ap.parse_args()
    torch.set_num_threads(1)
    rng, choices = np.random.default_rng(3), random.Random(3)
    try:
        z = np.load(args.cache or '')
        x, y, kx, hx, hy, k = (z[n] for n in ('x', 'y', 'kx', 'hx', 'hy', 'k'))
    except (OSError, ValueError):
        train = Photos(args.data, subsets=('clean',))
        train.reduce(Photos(args.data, subsets=('p512',)))
        hx, hy, k = examples(Photos(args.data, subsets=('clean',), split='held_out'), 25, rng, choices)
        x, y, kx = examples(train, args.repeats, rng, choices)
        if args.cache:
            np.savez(args.cache, x=x, y=y, kx=kx, hx=hx, hy=hy, k=k)
    mean, std = x.mean(0), x.std(0) + 1e-6
    t = torch.from_numpy((x - mean) / std).float().clamp(-3, 3)
    net = together([fitted(t, x, y, kx, args.hidden, seed) for seed in range(MEMBERS)])
    p = [v.detach().numpy() for v in net.parameters()]
    store(dict(mean=mean, std=std, w1=p[0], b1=p[1], w2=p[2], b2=p[3]), args.out)
    for name, fx, fy, fk in (('training', x, y, kx), ('held-out', hx, hy, k)):
        with torch.no_grad():
            out = net(torch.from_numpy((fx - mean) / std).float().clamp(-3, 3)).numpy()
        level = np.exp(out[:, 0] + fx[:, 0] / 2) - .5
        for kind in ('clean', 'jpeg', 'white', 'camera'):
            at = fk == kind
            if kind in ('clean', 'jpeg'):
                print(name, kind, at.sum(), 'level found, quantiles 50 75 90 100 %:',
                      np.quantile(level[at], [.5, .75, .9, 1]).round(2))
            else:
                ratio = np.log((level[at] + 1) / (fy[at, 2] + 1))
                print(name, kind, at.sum(), 'log ratio (found + 1 to true + 1), quantiles 5 25 50 75 95 %:', np.quantile(ratio, [.05, .25, .5, .75, .95]).round(3),
                      'grain error mean', np.abs(out[at, 1] - fy[at, 1]).mean().round(3))


if __name__ == '__main__':
    main()

"""Fits the part of lacuna-deblur that finds the blur: which waves to make how much stronger, see waves.py.

    python3 deblur_gains.py --data ../../../shared/data --out /tmp/gains.pt [--count 28000] [--minutes 16] [--cache FILE]

Of each example only statistics are kept: the powers of the waves in a blurred picture P, of its sharp one, and what they
have in common C. A gain G leaves the error |sharp|^2 - 2 G Re C + G^2 P of a wave, so no picture is filtered to learn. For
that, thousands of examples go through it in the minutes that the large network needs for hundreds.
"""

import argparse
import random
import time

import numpy as np
import torch

import blur
import deblur
from data import Photos
from waves import U, V, Gains, Waves, statistics
from waves import N as WINDOW

SIZE, MARGIN = 192, 24
# Squared: below this, what is left of an error counts for little.
LEAST_ERROR = 3e-5
KINDS = ('motion', 'defocus', 'sharp')
LENGTHS = (5, 8, 13, 20, 37)
HELD_OUT = 600
COUNT_AT_ONCE = 48


def example(photos, waves, rng, choices):
    """Of one picture: the input of `Gains`, 2,U*V; the powers sharp, common, blurred, 3,U*V; and (index of its kind, mean
    square of what the blur changed, length of the path)."""
    c = photos.crop(SIZE + 2 * MARGIN, choices, .5)
    x = np.ascontiguousarray(np.rot90(c, choices.randrange(4))).astype(np.float32) / 255
    kind = rng.choice(KINDS, p=(.62, .23, .15))
    p = blur.draw_blur('defocus' if kind == 'sharp' else kind, rng)
    y = blur.filed(x, p, rng) if kind == 'sharp' else blur.blurred(x, p, rng)
    x = y if kind == 'sharp' else x
    sharp, seen = ((torch.from_numpy(np.ascontiguousarray(v[MARGIN:-MARGIN, MARGIN:-MARGIN])) @ torch.tensor(deblur.LUMA))[None, None]
                   for v in (x, y))
    wide = deblur.broad(seen)
    real, imaginary = waves(seen - wide)
    true_real, true_imaginary = waves(sharp - wide)
    # The middle, as `statistics` of a larger picture would have it: 7 windows to a side with most weight.
    given = torch.stack([s[0, :, 2:4, 2:4].mean((1, 2)) for s in statistics(real, imaginary)])
    inner = np.s_[0, :, 2:-2, 2:-2]
    powers = torch.stack([(true_real ** 2 + true_imaginary ** 2)[inner], (true_real * real + true_imaginary * imaginary)[inner],
                          (real ** 2 + imaginary ** 2)[inner]]).mean((2, 3))
    return given, powers, (KINDS.index(kind), float(((sharp - seen) ** 2).mean()), p.get('length', 0))


def examples(photos, count, seed):
    rng, choices, waves = np.random.default_rng(seed), random.Random(seed), Waves()
    made = [example(photos, waves, rng, choices) for _ in range(count)]
    return torch.stack([m[0] for m in made]), torch.stack([m[1] for m in made]), torch.tensor([m[2] for m in made])


WEIGHT = torch.where(torch.arange(U) == 0, 1., 2.)[:, None].expand(-1, V).reshape(-1) / WINDOW ** 2


def errors(gain, powers, about):
    """Mean square of what is left after `gain` and before, of all waves and of what lies between them."""
    sharp, common, seen = powers.unbind(1)
    before = (WEIGHT * (sharp - 2 * common + seen)).sum(1)
    after = (WEIGHT * (sharp - 2 * (1 + gain) * common + (1 + gain) ** 2 * seen)).sum(1)
    rest = (about[:, 1] - before).clamp(min=0)
    return after.clamp(min=0) + rest, before + rest


def told(about, other):
    """What the network is told, n,2: the kind that it is; and, where `other` is 1, the other one, too."""
    kind = about[:, 0]
    return torch.stack([torch.where(kind == 0, 1., other), torch.where(kind == 1, 1., torch.where(kind == 2, 1., other))], 1)


def evaluate(net, given, powers, about):
    """Mean gain in decibels by kind, told of it alone and of both, and by the length of the path."""
    net.eval()
    report = {}
    with torch.no_grad():
        for name, other in (('', 0.), (', both', 1.)):
            t = told(about, torch.full((len(about),), other))
            gain = torch.cat([net(*g.unbind(1), v) for g, v in zip(given.split(100), t.split(100))])
            after, before = errors(gain, powers, about)
            won = 10 * torch.log10((before + 1e-7) / (after + 1e-7))
            for i, kind in enumerate(KINDS[:2]):
                report[kind + name] = round(won[about[:, 0] == i].mean().item(), 2)
            if not other:
                report['by length'] = [round(won[(about[:, 2] >= a) & (about[:, 2] < b)].mean().item(), 2)
                                       for a, b in zip(LENGTHS, LENGTHS[1:])]
    net.train()
    return report


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--data', required=True)
    ap.add_argument('--out', required=True)
    ap.add_argument('--count', type=int, default=28000)
    ap.add_argument('--minutes', type=float, default=16)
    ap.add_argument('--rate', type=float, default=3e-3)
    ap.add_argument('--cache', help='keeps the examples between runs')
    ap.add_argument('--init', help='gains to go on from')
    args = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    try:
        made, held = torch.load(args.cache or '')
    except FileNotFoundError:
        photos = Photos(args.data, subsets=('clean',))
        photos.reduce(Photos(args.data, subsets=('p512',)))
        made = examples(photos, args.count, 1)
        held = examples(Photos(args.data, split='held_out', subsets=('clean',)), HELD_OUT, 1002)
        if args.cache:
            torch.save((made, held), args.cache)
    print(len(made[0]), 'examples', flush=True)
    net = Gains()
    if args.init:
        net.load_state_dict(torch.load(args.init))
    net = net.to(memory_format=torch.channels_last)
    opt = torch.optim.AdamW(net.parameters(), args.rate, weight_decay=.01)
    start, step, said = time.time(), 0, 0
    while (progress := (time.time() - start) / 60 / args.minutes) < 1:
        for g in opt.param_groups:
            g['lr'] = args.rate * .5 * (1 + np.cos(np.pi * progress)) * min(1, (step + 1) / 50)
        at = torch.randint(0, len(made[0]), (COUNT_AT_ONCE,))
        given, powers, about = (m[at] for m in made)
        if torch.rand(()) < .5:
            # Mirrored.
            given, powers = (m.reshape(len(at), -1, U, V).flip(3).flatten(2) for m in (given, powers))
        with torch.autocast('cpu', dtype=torch.bfloat16):
            gain = net(*given.unbind(1), told(about, (torch.rand(len(at)) < .6).float()))
        after, _ = errors(gain.float(), powers, about)
        loss = (after + LEAST_ERROR).log().mean()
        opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.)
        opt.step()
        step += 1
        if progress - said > .1:
            said = progress
            torch.save(net.state_dict(), args.out)
            print(f'{progress:.0%}, step {step}, loss {loss.item():.3f}, {evaluate(net, *held)}', flush=True)
    torch.save(net.state_dict(), args.out)
    print(f'done: step {step}, {evaluate(net, *held)}, on 600 of the training {evaluate(net, *(m[:600] for m in made))}')


if __name__ == '__main__':
    main()

"""Prints what estimate.py says about pictures that the program's tests make again, pixel for pixel.

    python3 golden_estimate.py [--jpegs] > ../../src/test/resources/estimate/golden.txt

A line is a picture of src/test/resources, what is done to it from left to right, and sigma, grain and jpeg. Pictures
have 16 bits a channel (8-bit values times 257) and everything is integer arithmetic, so that NoiseEstimatorTest gets the
same. --jpegs first writes the pictures that went through JPEG (and are PNG files since, without its tables).
"""

import argparse
import io
import pathlib

import numpy as np
from PIL import Image

import estimate

RESOURCES = pathlib.Path(__file__).parents[2] / 'src' / 'test' / 'resources'
# Name, picture, place, quality, colour subsampling (0 none, 2 quarter).
JPEGS = [('meadow-q30', 'meadow', (80, 120), 30, 2), ('dunes-q75', 'dunes', (144, 96), 75, 2),
         ('pebbles-q10', 'pebbles', (64, 64), 10, 0), ('wall-q92', 'wall', (96, 160), 92, 0)]
JPEG_SIZE = (160, 128)
CASES = [f'pictures/{n}.png' for n in ('dunes', 'fruit', 'meadow', 'pebbles', 'shelf', 'wall')]
CASES += [f'pictures/{n}.png noise={s}' for n in ('dunes', 'shelf', 'wall') for s in (2, 8, 25, 60)]
CASES += ['pictures/dunes.png coarse=12', 'pictures/shelf.png coarse=30', 'pictures/meadow.png coarse=5',
          'pictures/fruit.png grey', 'pictures/pebbles.png grey noise=10', 'pictures/dunes.png hole',
          'pictures/shelf.png noise=15 hole', 'pictures/dunes.png noise=6 linear', 'pictures/wall.png linear hole',
          'pictures/fruit.png crop=37,51,200,150 noise=4', 'pictures/fruit.png crop=100,50,16,300',
          'pictures/fruit.png crop=100,100,23,23', 'pictures/fruit.png crop=100,50,15,300',
          'pictures/fruit.png crop=100,100,40,24 noise=9', 'pictures/wall.png crop=10,10,100,97 noise=5 hole',
          'pictures/dunes.png tile=1500,2100 noise=7', 'pictures/shelf.png tile=6000,40']
for name in JPEGS:
    CASES += [f'estimate/{name[0]}.png', f'estimate/{name[0]}.png crop=3,5,150,120', f'estimate/{name[0]}.png hole']
CASES += ['estimate/dunes-q75.png grey', 'estimate/pebbles-q10.png noise=4', 'estimate/meadow-q30.png linear',
          'estimate/pebbles-q10.png tile=2500,2216']


def mixed(z):
    """SplitMix64's finisher (Steele, Lea, Flood 2014) of whole numbers below 2**64."""
    z = z * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def white(h, w):
    """Whole numbers of mean 0 and deviation 65536, nearly Gaussian: the sum of twelve even ones each."""
    y, x, c = (np.asarray(v, np.uint64) for v in np.ogrid[:h, :w, :3])
    place = (y << np.uint64(22)) + (x << np.uint64(2)) + c
    total = np.zeros((h, w, 3), np.int64)
    for k in (1, 2, 3):
        z = mixed(place * np.uint64(3) + np.uint64(k))
        for shift in (0, 16, 32, 48):
            total += ((z >> np.uint64(shift)) & np.uint64(0xffff)).astype(np.int64)
    return total - 6 * 65536


def made(case):
    """The picture of a case: whole numbers H,W,3 in 0..65535; what of it is visible; whether it is in linear light."""
    file, *steps = case.split()
    p = np.asarray(Image.open(RESOURCES / file).convert('RGB')).astype(np.int64) * 257
    visible, linear = None, False
    for step in steps:
        name, _, values = step.partition('=')
        values = [int(v) for v in values.split(',')] if values else []
        if name == 'crop':
            x, y, w, h = values
            p = p[y:y + h, x:x + w]
        elif name == 'tile':
            w, h = values
            p = p[np.arange(h)[:, None] % p.shape[0], np.arange(w)[None] % p.shape[1]]
        elif name == 'grey':
            p = np.repeat((p @ np.array([77, 150, 29]) >> 8)[..., None], 3, 2)
        elif name == 'noise':
            p = np.clip(p + (white(*p.shape[:2]) * (values[0] * 257) >> 16), 0, 65535)
        elif name == 'coarse':
            n = white(p.shape[0] + 1, p.shape[1] + 1)
            n = (n[:-1, :-1] + n[:-1, 1:] + n[1:, :-1] + n[1:, 1:]) >> 1
            p = np.clip(p + (n * (values[0] * 257) >> 16), 0, 65535)
        elif name == 'linear':
            p, linear = p * p >> 16, True
        elif name == 'hole':
            h, w = p.shape[:2]
            y, x = np.ogrid[:h, :w]
            visible = (x - w // 3) ** 2 + (y - h // 2) ** 2 >= (h // 5) ** 2
            p = np.where(visible[..., None], p, 65535)
        else:
            raise ValueError(step)
    return p, visible, linear


def encoded(p, linear):
    if linear:
        v = p / 65535
        p = np.rint(np.where(v <= .0031308, 12.92 * v, 1.055 * v ** (1 / 2.4) - .055) * 65535)
    return (p / 257).astype(np.float32)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--jpegs', action='store_true')
    if ap.parse_args().jpegs:
        for name, source, (x, y), quality, subsampling in JPEGS:
            im = Image.open(RESOURCES / 'pictures' / f'{source}.png').convert('RGB')
            buffer = io.BytesIO()
            im.crop((x, y, x + JPEG_SIZE[0], y + JPEG_SIZE[1])).save(buffer, 'JPEG', quality=quality,
                                                                      subsampling=subsampling)
            Image.open(buffer).save(RESOURCES / 'estimate' / f'{name}.png', optimize=True)
    print('# Picture, what is done to it, sigma grain jpeg. Written by models/training/golden_estimate.py.')
    for case in CASES:
        p, visible, linear = made(case)
        found = estimate.of(encoded(p, linear), None, visible=visible)
        print(f'{case} : {found.sigma:g} {found.grain:g} {found.jpeg:g}', flush=True)


if __name__ == '__main__':
    main()

"""The 40 degraded held-out photos that *crisp* is judged by: the list (crisp40.csv), and the pictures made from it.

    python3 crisp40.py --data ../../../shared/data --out ../../target/crisp40      # makes the pictures
    python3 crisp40.py --data ../../../shared/data --draw                          # wrote the list, once, before the training

NAME_truth.png is a part of a photo that is never trained on; NAME_small.png a quarter of its size, after the history that
its row tells (degrade.history).
"""

import argparse
import csv
import pathlib

import numpy as np
from PIL import Image

import degrade
from data import load, rows

LIST = pathlib.Path(__file__).with_name('crisp40.csv')
FACTOR, COUNT, SEED = 4, 40, 5140
# As many of each source as there are up to this, so that faces, shelves and landscapes are all there.
MOST = {'nips2017_ccby': 17}
LARGEST = 480, 384


def drawn(data):
    rng = np.random.default_rng(SEED)
    taken = {}
    for r in rows(data):
        w, h = int(r['w']), int(r['h'])
        if r['held_out'].strip() != 'yes' or r['source'] == 'caltech101' or min(w, h) < 190:
            continue
        if taken.get(r['source'], 0) >= MOST.get(r['source'], 99):
            continue
        taken[r['source']] = taken.get(r['source'], 0) + 1
        width, height = min(w, LARGEST[0]) // 8 * 8, min(h, LARGEST[1]) // 8 * 8
        place = {'left': (w - width) // 2, 'top': (h - height) // 2, 'width': width, 'height': height}
        p = {k: round(v, 3) if isinstance(v, float) else v for k, v in degrade.draw_history(rng).items()}
        yield {'file': r['file'], **place, 'seed': int(rng.integers(1 << 31)), **p}


def listed():
    with open(LIST, newline='') as f:
        for r in csv.DictReader(f):
            yield {k: v if k == 'file' or v.isalpha() else float(v) if '.' in v else int(v) for k, v in r.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--data', required=True)
    ap.add_argument('--out')
    ap.add_argument('--draw', action='store_true')
    args = ap.parse_args()
    if args.draw:
        made = list(drawn(args.data))[:COUNT]
        assert len(made) == COUNT, len(made)
        with open(LIST, 'w', newline='') as f:
            w = csv.DictWriter(f, made[0].keys(), lineterminator='\n')
            w.writeheader()
            w.writerows(made)
    if args.out:
        out = pathlib.Path(args.out)
        out.mkdir(parents=True, exist_ok=True)
        for r in listed():
            im = load(pathlib.Path(args.data) / 'train' / r['file'])
            truth = np.ascontiguousarray(im[r['top']:r['top'] + r['height'], r['left']:r['left'] + r['width']])
            small = degrade.history(truth / np.float32(255), FACTOR, r, np.random.default_rng(r['seed']))
            name = pathlib.Path(r['file']).stem
            Image.fromarray(truth).save(out / f'{name}_truth.png')
            Image.fromarray(degrade.to_bytes(small)).save(out / f'{name}_small.png')


if __name__ == '__main__':
    main()

"""The 40 held-out photos that *Deblur* is judged by, each shaken, out of focus and sharp: the list (deblur40.csv), and
the pictures made from it.

    python3 deblur40.py --data ../../../shared/data --out ../../target/deblur40      # makes the pictures
    python3 deblur40.py --data ../../../shared/data --draw                           # wrote the list, once, before the training

NAME_truth.png is a part of a photo that is never trained on; NAME_motion.png, NAME_defocus.png and NAME_sharp.png are what
a file of it would hold (blur.blurred; the sharp one has noise and compression alone), and NAME_motion_kernel.png and
NAME_defocus_kernel.png the blur in the middle of the frame, in 16 bits.
"""

import argparse
import csv
import pathlib

import cv2
import numpy as np
from PIL import Image

import blur
import degrade
from data import load, rows

LIST = pathlib.Path(__file__).with_name('deblur40.csv')
COUNT, SEED = 40, 6140
# As many of each source as there are up to this, so that faces, shelves and landscapes are all there.
MOST = {'nips2017_ccby': 17}
LARGEST = 480, 384
# Around what is judged: blur brings in what lies beyond the frame.
MARGIN = 24


def drawn(data):
    rng = np.random.default_rng(SEED)
    taken, count = {}, 0
    for r in rows(data):
        w, h = int(r['w']), int(r['h'])
        if r['held_out'].strip() != 'yes' or r['source'] == 'caltech101' or min(w, h) < 190:
            continue
        if taken.get(r['source'], 0) >= MOST.get(r['source'], 99) or count == COUNT:
            continue
        taken[r['source']] = taken.get(r['source'], 0) + 1
        count += 1
        width, height = min(w - 2 * MARGIN, LARGEST[0]) // 8 * 8, min(h - 2 * MARGIN, LARGEST[1]) // 8 * 8
        place = {'file': r['file'], 'left': (w - width) // 2, 'top': (h - height) // 2, 'width': width, 'height': height}
        for kind in ('motion', 'defocus', 'sharp'):
            p = blur.draw_blur('defocus' if kind == 'sharp' else kind, rng)
            seed = int(rng.integers(1 << 31))
            p = {k: round(v, 4) if isinstance(v, float) else v for k, v in p.items()}
            if kind == 'sharp':
                # A file without any would be the truth itself, and any change an endless loss.
                p = {'noise': round(float(np.exp(rng.uniform(0, np.log(4)))), 4), 'jpeg': int(rng.integers(75, 98))}
            yield {**place, **p, 'kind': kind, 'seed': seed}


COLUMNS = ('file', 'left', 'top', 'width', 'height', 'kind', 'seed', 'lights', 'encoded', 'noise', 'jpeg', 'length',
           'anxiety', 'turn', 'stretch', 'path', 'radius', 'blades', 'spin', 'rim', 'soft')


def number(text):
    return text if not text or text[0].isalpha() else float(text) if '.' in text or 'e-' in text else int(text)


def listed():
    with open(LIST, newline='') as f:
        for r in csv.DictReader(f):
            yield {k: number(v) for k, v in r.items()}


def pair(data, r):
    """The picture as a file has it, and the truth, uint8."""
    im = load(pathlib.Path(data) / 'train' / r['file'])
    top, left, m = r['top'], r['left'], MARGIN
    wide = np.ascontiguousarray(im[top - m:top + r['height'] + m, left - m:left + r['width'] + m])
    x, rng = wide / np.float32(255), np.random.default_rng(r['seed'])
    y = blur.filed(x, r, rng) if r['kind'] == 'sharp' else blur.blurred(x, r, rng)
    return degrade.to_bytes(y)[m:-m, m:-m], wide[m:-m, m:-m]


def middle_kernel(r):
    """The blur in the middle of the frame, uint16, its largest weight 65535."""
    one, other = blur.kernels(r)
    side = max(one.shape[0], other.shape[0])
    k = sum(np.pad(k, (side - k.shape[0]) // 2) for k in (one, other))
    return np.rint(k / k.max() * 65535).astype(np.uint16)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--data', required=True)
    ap.add_argument('--out')
    ap.add_argument('--draw', action='store_true')
    args = ap.parse_args()
    if args.draw:
        with open(LIST, 'w', newline='') as f:
            w = csv.DictWriter(f, COLUMNS, lineterminator='\n')
            w.writeheader()
            w.writerows(drawn(args.data))
    if args.out:
        out = pathlib.Path(args.out)
        out.mkdir(parents=True, exist_ok=True)
        for r in listed():
            seen, truth = pair(args.data, r)
            name = pathlib.Path(r['file']).stem
            Image.fromarray(seen).save(out / f'{name}_{r["kind"]}.png')
            Image.fromarray(truth).save(out / f'{name}_truth.png')
            if r['kind'] != 'sharp':
                cv2.imwrite(str(out / f'{name}_{r["kind"]}_kernel.png'), middle_kernel(r))


if __name__ == '__main__':
    main()

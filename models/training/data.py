"""The one reader of training photos. Rows that the manifest holds out are refused, so that no recipe can train on them."""

import csv
import itertools
import pathlib
import random

import cv2
import numpy as np
from PIL import Image

cv2.setNumThreads(1)


class HeldOutError(Exception):
    """A recipe asked to train on a held-out photo."""


def rows(data):
    with open(pathlib.Path(data) / 'train' / 'manifest.csv', newline='') as f:
        return list(csv.DictReader(f))


def load(path):
    with Image.open(path) as im:
        return np.asarray(im.convert('RGB'))


class Photos:
    """All photos of the chosen subsets in memory, uint8 H,W,3.

    split: 'train' or 'held_out'. The two never mix; `attribution()` lists what was read.
    """

    def __init__(self, data, subsets=('clean', 'p512'), split='train', smallest=160, limit=None):
        if split not in ('train', 'held_out'):
            raise ValueError(f'unknown split {split}')
        self.rows = []
        for r in rows(data):
            if r['file'].split('/')[0] not in subsets:
                continue
            if (r['held_out'].strip() == 'yes') != (split == 'held_out'):
                continue
            if min(int(r['w']), int(r['h'])) >= smallest:
                self.rows.append(r)
        self.rows = self.rows[:limit]
        if split == 'train' and any(r['held_out'].strip() == 'yes' for r in self.rows):
            raise HeldOutError('held-out photos are never trained on')
        self.chances = []
        self.images = [load(pathlib.Path(data) / 'train' / r['file']) for r in self.rows]

    def __len__(self):
        return len(self.images)

    def reduce(self, others, smallest=144):
        """Takes in the photos of `others` at half their size, which is what makes a compressed photo clean."""
        for row, im in zip(others.rows, others.images):
            h, w = im.shape[0] // 2, im.shape[1] // 2
            if min(h, w) >= smallest:
                self.rows.append(row)
                self.images.append(cv2.resize(im[:h * 2, :w * 2], (w, h), interpolation=cv2.INTER_AREA))

    def crop(self, size, rng=random, reduced=.5):
        """A square crop, flipped at random; a share of them from a larger window reduced by area, for other scales.

        A photo's chance is the root of its area: a large one has more to show, many small ones more that differs."""
        if len(self.chances) != len(self.images):
            self.chances = list(itertools.accumulate((im.shape[0] * im.shape[1]) ** .5 for im in self.images))
        im = rng.choices(self.images, cum_weights=self.chances)[0]
        h, w = im.shape[:2]
        short = min(h, w)
        if short < size:
            im = cv2.resize(im, (max(size, w * size // short), max(size, h * size // short)),
                            interpolation=cv2.INTER_CUBIC)
            h, w = im.shape[:2]
            short = min(h, w)
        side = rng.randrange(size, short + 1) if rng.random() < reduced and short >= size * 1.5 else size
        y, x = rng.randrange(h - side + 1), rng.randrange(w - side + 1)
        c = im[y:y + side, x:x + side]
        if side != size:
            c = cv2.resize(c, (size, size), interpolation=cv2.INTER_AREA)
        return c[:, ::-1] if rng.random() < .5 else c

"""Degradations that the restoration recipes share, each written from its published description.

Pictures are float32 H,W,3 in 0..1, sRGB-encoded, unless a name says otherwise. `rng` is a numpy Generator.
"""

import io
import math

import cv2
import numpy as np
from PIL import Image


_STEPS = 65535
_GRID = np.arange(_STEPS + 1) / _STEPS
_LINEAR = np.where(_GRID <= 0.04045, _GRID / 12.92, ((_GRID + 0.055) / 1.055) ** 2.4).astype(np.float32)
_SRGB = np.where(_GRID <= 0.0031308, _GRID * 12.92, 1.055 * _GRID ** (1 / 2.4) - 0.055).astype(np.float32)


def _table(x, table):
    return table[(np.clip(x, 0, 1) * _STEPS + 0.5).astype(np.int32)]


def to_linear(x):
    """sRGB to linear light (IEC 61966-2-1), clipped to 0..1, through a table of 65536 steps."""
    return _table(x, _LINEAR)


def to_srgb(x):
    """Linear light to sRGB; the straight part goes on below 0."""
    return np.where(x < 0, x * np.float32(12.92), _table(x, _SRGB))


_Z = np.arange(1025) / 256
_EXCESS = (np.exp(-_Z ** 2 / 2) / np.sqrt(2 * np.pi)
           - _Z * np.array([math.erfc(z / math.sqrt(2)) / 2 for z in _Z])).astype(np.float32)


def mean_when_clipped(x, deviation):
    """The mean of normal noise around x after clipping to 0..1: what averaging many noisy pictures converges to."""
    s = np.maximum(deviation, 1e-4)

    def excess(z):
        return s * _EXCESS[np.minimum(np.maximum(z, 0) * 256 + .5, 1024).astype(np.int32)]

    return x + excess(x / s) - excess((1 - x) / s)


def poisson_gaussian(linear, shot, read, rng):
    """Foi et al. 2008, "Practical Poissonian-Gaussian noise modeling and fitting for single-image raw-data":
    variance = shot * x + read**2, with the Gaussian approximation of the Poisson part."""
    return linear + rng.standard_normal(linear.shape, np.float32) * np.sqrt(shot * np.maximum(linear, 0) + read ** 2)


def mosaic(rgb):
    """What a sensor under a Bayer filter (RGGB) sees of a picture with even sides."""
    raw = rgb[..., 1].copy()
    raw[0::2, 0::2] = rgb[0::2, 0::2, 0]
    raw[1::2, 1::2] = rgb[1::2, 1::2, 2]
    return raw


def _filter(x, k):
    return cv2.filter2D(x, cv2.CV_32F, k, borderType=cv2.BORDER_REFLECT_101)


_BILINEAR = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]], np.float32) / 4
_CROSS = np.array([[0, 1, 0], [1, 4, 1], [0, 1, 0]], np.float32) / 4
_MHC_G = np.array([[0, 0, -1, 0, 0], [0, 0, 2, 0, 0], [-1, 2, 4, 2, -1], [0, 0, 2, 0, 0], [0, 0, -1, 0, 0]], np.float32) / 8
_MHC_ROW = np.array([[0, 0, .5, 0, 0], [0, -1, 0, -1, 0], [-1, 4, 5, 4, -1], [0, -1, 0, -1, 0], [0, 0, .5, 0, 0]],
                    np.float32) / 8
_MHC_DIAGONAL = np.array([[0, 0, -1.5, 0, 0], [0, 2, 0, 2, 0], [-1.5, 0, 6, 0, -1.5], [0, 2, 0, 2, 0],
                          [0, 0, -1.5, 0, 0]], np.float32) / 8


def demosaic_bilinear(raw):
    out = np.empty(raw.shape + (3,), np.float32)
    site = np.zeros((3,) + raw.shape, np.float32)
    site[0, 0::2, 0::2] = site[2, 1::2, 1::2] = 1
    site[1, 0::2, 1::2] = site[1, 1::2, 0::2] = 1
    for c, k in ((0, _BILINEAR), (1, _CROSS), (2, _BILINEAR)):
        out[..., c] = _filter(raw * site[c], k)
    return out


def demosaic_malvar(raw):
    """Malvar, He & Cutler 2004, "High-quality linear interpolation for demosaicing of Bayer-patterned color images"."""
    g, row, diagonal = _filter(raw, _MHC_G), _filter(raw, _MHC_ROW), _filter(raw, _MHC_DIAGONAL)
    column = _filter(raw, np.ascontiguousarray(_MHC_ROW.T))
    out = np.empty(raw.shape + (3,), np.float32)
    r, gr, gb, b = (np.s_[0::2, 0::2], np.s_[0::2, 1::2], np.s_[1::2, 0::2], np.s_[1::2, 1::2])
    for at, values in ((r, (raw, g, diagonal)), (gr, (row, raw, column)), (gb, (column, raw, row)),
                       (b, (diagonal, g, raw))):
        for c in range(3):
            out[at + (c,)] = values[c][at]
    return out


def jpeg(x, quality, subsample=True, shift=(0, 0)):
    """Through a JPEG file (IJG quality); x is uint8 H,W,3 or H,W. `shift` moves the 8-pixel grid, as cropping does."""
    top, left = shift
    padded = cv2.copyMakeBorder(x, top, 0, left, 0, cv2.BORDER_REFLECT_101) if top or left else x
    code = io.BytesIO()
    Image.fromarray(padded).save(code, 'JPEG', quality=int(quality), subsampling=2 if subsample else 0)
    back = np.asarray(Image.open(code))
    return back[top:top + x.shape[0], left:left + x.shape[1]]


def to_bytes(x):
    return (np.clip(x, 0, 1) * 255 + 0.5).astype(np.uint8)


# What real files went through before somebody wants them larger: Wang et al. 2021, "Real-ESRGAN: Training Real-World Blind
# Super-Resolution with Pure Synthetic Data", section 3 (blur, resizing, noise and JPEG, twice, and ringing), and Zhang et
# al. 2021, "Designing a Practical Degradation Model for Deep Blind Image Super-Resolution". Noise and compression are
# drawn milder than there: what people enlarge is mostly a small photo, not a ruin.

RESIZERS = {'area': cv2.INTER_AREA, 'linear': cv2.INTER_LINEAR, 'cubic': cv2.INTER_CUBIC}


def draw_history(rng, grain=0.):
    """The parameters of one file's history, plain numbers and words, for `history`.

    grain: the share of files that are themselves noisy, at their own size."""
    def resizing(low, high):
        u = rng.random()
        factor = rng.uniform(1, high) if u < .2 else rng.uniform(low, 1) if u < .85 else 1.
        return factor, str(rng.choice(list(RESIZERS)))

    first, how1 = resizing(.4, 1.5)
    second, how2 = resizing(.7, 1.2)
    again = rng.random() < .4
    drawn = {
        'blur1': rng.uniform(.2, 1.8), 'shape1': rng.uniform(.6, 1), 'angle1': rng.uniform(0, 180),
        'resize1': first, 'how1': how1,
        'noise1': rng.uniform(0, 10) if rng.random() < .7 else 0., 'grey1': int(rng.random() < .4),
        'jpeg1': int(rng.integers(50, 97)),
        'blur2': rng.uniform(.2, .9) if again else 0.,
        'resize2': second if again else 1., 'how2': how2,
        'noise2': rng.uniform(0, 8) if again and rng.random() < .5 else 0., 'grey2': int(rng.random() < .4),
        'sharpen': rng.uniform(.2, 1.2) if rng.random() < .35 else 0.,
        'last': str(rng.choice(list(RESIZERS))),
        'jpeg2': int(rng.integers(50, 97)) if rng.random() < .8 else 0,
    }
    if grain and rng.random() < grain:
        drawn |= {'grain': rng.uniform(2, 20), 'grey_grain': int(rng.random() < .4)}
    return drawn


def _blurred(x, sigma, shape=1., angle=0.):
    """By a Gaussian of deviation `sigma` along `angle` (degrees) and shape * sigma across it."""
    if sigma < .15:
        return x
    r = int(np.ceil(3 * sigma))
    v, u = np.mgrid[-r:r + 1, -r:r + 1]
    t = np.deg2rad(angle)
    along, across = u * np.cos(t) + v * np.sin(t), v * np.cos(t) - u * np.sin(t)
    k = np.exp(-.5 * ((along / sigma) ** 2 + (across / max(.1, shape * sigma)) ** 2))
    return _filter(x, (k / k.sum()).astype(np.float32))


def _noisy(x, sigma, grey, rng):
    n = rng.standard_normal(x.shape[:2] + ((1,) if grey else (3,)), np.float32)
    return x + n * np.float32(sigma / 255)


def _compressed(x, quality):
    return x if not quality else jpeg(to_bytes(x), quality).astype(np.float32) / 255


def history(x, factor, p, rng):
    """The picture after the history `p` (see `draw_history`), 1 / factor of its size; sides are multiples of factor.

    rng draws the noise only."""
    h, w = x.shape[:2]

    def sized(y, height, width, how):
        return y if y.shape[:2] == (height, width) else cv2.resize(y, (width, height), interpolation=RESIZERS[how])

    y = _blurred(x, p['blur1'], p['shape1'], p['angle1'])
    y = sized(y, max(16, round(h * p['resize1'])), max(16, round(w * p['resize1'])), p['how1'])
    y = _compressed(np.clip(_noisy(y, p['noise1'], p['grey1'], rng), 0, 1), p['jpeg1'])
    y = _blurred(y, p['blur2'])
    y = sized(y, max(16, round(y.shape[0] * p['resize2'])), max(16, round(y.shape[1] * p['resize2'])), p['how2'])
    y = np.clip(_noisy(y, p['noise2'], p['grey2'], rng), 0, 1)
    y = sized(y, h // factor, w // factor, p['last'])
    if p.get('grain'):
        y = np.clip(_noisy(y, p['grain'], p['grey_grain'], rng), 0, 1)
    if p['sharpen']:
        y = y + np.float32(p['sharpen']) * (y - cv2.GaussianBlur(y, (0, 0), 1))
    return _compressed(np.clip(y, 0, 1), p['jpeg2'])

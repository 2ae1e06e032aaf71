"""What the program tells lacuna-denoise about a picture: noise level, coarseness of the noise, JPEG compression.

The reference of the estimator that the program has in Java. Statistics of the flattest blocks, then a small perceptron
that was fitted on degraded training photos (fit_estimate.py) turns them into level and grain.
"""

import itertools
import pathlib
import typing

import numpy as np

BLOCK = 16
MOST = 6000
# Blocks below which a picture says nothing.
FEWEST = 8
BINS = 6
CONSTANTS = pathlib.Path(__file__).parents[2] / 'resources' / 'lacuna' / 'estimate' / 'denoise.txt'

_axis = (np.arange(BLOCK) - (BLOCK - 1) / 2).astype(np.float32)
_norm = float((_axis ** 2).sum() * BLOCK)

# IJG's example luminance table at quality 50 (ITU-T T.81, K.1).
LUMINANCE = np.array([[16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55], [14, 13, 16, 24, 40, 57, 69, 56],
                      [14, 17, 22, 29, 51, 87, 80, 62], [18, 22, 37, 56, 68, 109, 103, 77],
                      [24, 35, 55, 64, 81, 104, 113, 92], [49, 64, 78, 87, 103, 121, 120, 101],
                      [72, 92, 95, 98, 112, 100, 103, 99]], np.float64)


def quality_of_table(table):
    """IJG quality (a real number, 1..100) whose luminance table has the same mean as `table` (64 steps, any order)."""
    s = 100 * np.mean(table) / LUMINANCE.mean()
    return float(np.clip(5000 / s if s > 100 else (200 - s) / 2, 1, 100))


def ijg_table(quality):
    # Whole numbers, as in libjpeg.
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip(np.floor((LUMINANCE * s + 50) / 100), 1, 255)


def grid_step(h, w):
    """The smallest step of at least 8 pixels that gives at most MOST blocks."""
    down, across = h - BLOCK + 1, w - BLOCK + 1
    step = max(8, int(np.ceil(np.sqrt(down * across / MOST))))
    while -(-down // step) * -(-across // step) > MOST:
        step += 1
    return step


def grid_blocks(picture, visible=None):
    """Up to MOST blocks on a regular grid, n,16,16,3, from a float picture H,W,3 in 0..255; none with a pixel that is
    not `visible` (H,W)."""
    h, w = picture.shape[:2]
    if min(h, w) < BLOCK:
        return np.zeros((0, BLOCK, BLOCK, 3), np.float32)
    step = grid_step(h, w)
    ys, xs = np.arange(0, h - BLOCK + 1, step)[:, None], np.arange(0, w - BLOCK + 1, step)[None]

    def cut(x):
        return np.lib.stride_tricks.sliding_window_view(x, (BLOCK, BLOCK), (0, 1))[ys, xs]

    blocks = cut(picture).reshape(-1, 3, BLOCK, BLOCK).transpose(0, 2, 3, 1)
    if visible is not None:
        blocks = blocks[cut(visible).all((2, 3)).ravel()]
    return blocks.astype(np.float32)


def detrended(blocks):
    """Each channel of each block less its least-squares plane."""
    mean = blocks.mean((1, 2), keepdims=True)
    r = blocks - mean
    gy = (r * _axis[None, :, None, None]).sum((1, 2), keepdims=True) / _norm
    gx = (r * _axis[None, None, :, None]).sum((1, 2), keepdims=True) / _norm
    return r - gy * _axis[None, :, None, None] - gx * _axis[None, None, :, None], mean[:, 0, 0]


def lagged(r, k):
    """Mean product of pixels k apart, horizontally and vertically, per block."""
    return ((r[:, :, k:] * r[:, :, :-k]).mean((1, 2, 3)) + (r[:, k:] * r[:, :-k]).mean((1, 2, 3))) / 2


def haar_diagonal(r):
    """Mean square of the diagonal Haar detail, per block: variance for white noise, less for coarse noise."""
    d = (r[:, 0::2, 0::2] - r[:, 0::2, 1::2] - r[:, 1::2, 0::2] + r[:, 1::2, 1::2]) / 2
    return (d ** 2).mean((1, 2, 3))


def quarters(x):
    """The four pixels of every 2x2 cell: 4,H/2,W/2, ..."""
    h, w = x.shape[0] // 2 * 2, x.shape[1] // 2 * 2
    x = x[:h, :w]
    return np.stack([x[0::2, 0::2], x[0::2, 1::2], x[1::2, 0::2], x[1::2, 1::2]])


def coarse_statistics(picture, visible, power):
    """The flattest blocks of the picture at half size, which see coarser noise: their level and correlation."""
    nothing = [0., 0., 0., 0.]
    if min(picture.shape[:2]) // 2 < 3 * BLOCK:
        return nothing
    r, _ = detrended(grid_blocks(quarters(picture).mean(0), None if visible is None else quarters(visible).all(0)))
    if len(r) < FEWEST:
        return nothing
    v = (r ** 2).mean((1, 2, 3))
    flat = np.argsort(v, kind='stable')[:max(8, len(v) // 10)]
    luma = (r @ np.array([.299, .587, .114], np.float32))[..., None]
    level = float(v[flat].mean()) + .02
    return [np.log(level / power), float(lagged(r, 1)[flat].mean()) / level, float(lagged(r, 3)[flat].mean()) / level,
            np.log((float((luma ** 2).mean((1, 2, 3))[flat].mean()) + .02) / level)]


def statistics(picture, visible=None):
    """Features (a vector) of a picture in 0..255, and (brightness, variance) of the flattest blocks by brightness.

    None where too few blocks lie in what is visible.
    """
    blocks = grid_blocks(picture, visible)
    if len(blocks) < FEWEST:
        return None
    r, mean = detrended(blocks)
    v = (r ** 2).mean((1, 2, 3))
    light = mean.mean(1)
    clipped = ((blocks <= 1) | (blocks >= 254)).mean((1, 2, 3)) > .05
    usable = ~clipped if (~clipped).sum() >= 24 else np.ones(len(v), bool)
    r, v, light = r[usable], v[usable], light[usable]
    order = np.argsort(v, kind='stable')
    n = len(v)
    flat = order[:max(8, n // 10)]
    luma = r @ np.array([.299, .587, .114], np.float32)
    luma = luma[..., None]
    lv = (luma ** 2).mean((1, 2, 3))
    # Colour is mostly smooth where brightness is not.
    chroma = (r - luma) * (2 / 3) ** .5
    cv = (chroma ** 2).mean((1, 2, 3))
    smooth = np.argsort(cv, kind='stable')[:max(8, n // 10)]
    d, dl, dc = haar_diagonal(r), haar_diagonal(luma), haar_diagonal(chroma)
    eps = .02

    def mean_of(x, at):
        return float(x[at].mean())

    power = mean_of(v, flat) + eps
    lpower = mean_of(lv, flat) + eps
    # The flattest blocks of every range of brightness.
    by_light = np.argsort(light, kind='stable')
    bins = []
    for part in np.array_split(by_light, BINS):
        part = part[np.argsort(v[part], kind='stable')][:max(4, len(part) // 8)]
        bins.append((float(light[part].mean()), float(v[part].mean())))
    levels = np.sort([b[1] for b in bins]) + eps
    f = [np.log(power),
         np.log(lpower / power),
         mean_of(lagged(r, 1), flat) / power,
         mean_of(lagged(r, 2), flat) / power,
         mean_of(lagged(luma, 1), flat) / lpower,
         mean_of(lagged(luma, 2), flat) / lpower,
         np.log((mean_of(d, flat) + eps) / power),
         np.log((float(np.quantile(d, .1)) + eps) / power),
         np.log((float(np.quantile(d, .5)) + eps) / power),
         np.log((float(v[order[n // 100]]) + eps) / power),
         np.log((float(v[order[n // 4]]) + eps) / power),
         np.log((float(v[order[n // 2]]) + eps) / power),
         np.log((mean_of(cv, smooth) + eps) / power),
         mean_of(lagged(chroma, 1), smooth) / (mean_of(cv, smooth) + eps),
         np.log((mean_of(dc, smooth) + eps) / power),
         np.log((float(np.quantile(dl, .02)) + eps) / power),
         np.log((mean_of(dl, flat) + eps) / power),
         np.log((float(np.quantile(d, .02)) + eps) / power),
         np.log(levels[1] / power),
         np.log(levels[2] / power),
         np.log(levels[3] / power),
         np.log(levels[5] / power)]
    f += coarse_statistics(picture, visible, power)
    return np.array(f, np.float64), bins


_k = np.arange(8)
_DCT = np.sqrt(np.where(_k[:, None] == 0, 1, 2) / 8) * np.cos((2 * _k[None] + 1) * _k[:, None] * np.pi / 16)
# The 27 lowest frequencies but the mean.
_FREQUENCIES = [(i, j) for i in range(8) for j in range(8) if 0 < i + j <= 6]
MOST_JPEG_BLOCKS = 4096
MOST_JPEG_SIDE = 2048
SPREAD = 0.35
QUALITIES = range(3, 98)


def coefficients(luma, inside, top, left):
    """DCT of up to MOST_JPEG_BLOCKS blocks of the 8-pixel grid that begins at (top, left): n,8,8.

    Blocks with a pixel that is not `inside` (some channel at an end of its range) say nothing: clipping moved them.
    """
    h, w = (luma.shape[0] - top) // 8, (luma.shape[1] - left) // 8

    def cut(x):
        return x[top:top + 8 * h, left:left + 8 * w].reshape(h, 8, w, 8).transpose(0, 2, 1, 3).reshape(-1, 8, 8)

    b = cut(luma)[cut(inside).all((1, 2))]
    step = max(1, len(b) // MOST_JPEG_BLOCKS)
    return _DCT @ b[::step][:MOST_JPEG_BLOCKS] @ _DCT.T


def quality_scores(c):
    """For every quality in QUALITIES: how much better its steps explain the coefficients that are not zero than no
    quantisation does, as mean log likelihood; and how many coefficients there were."""
    tables = np.array([ijg_table(q) for q in QUALITIES])
    total, count = np.zeros(len(tables)), 0
    for i, j in _FREQUENCIES:
        v = c[:, i, j]
        v = v[np.abs(v) > 2.5]
        count += len(v)
        scores = {}
        for step in np.unique(tables[:, i, j]):
            e = v - step * np.rint(v / step)
            normal = step * np.exp(-e ** 2 / (2 * SPREAD ** 2)) / (SPREAD * np.sqrt(2 * np.pi))
            scores[step] = np.log(.95 * normal + .05).sum()
        total += [scores[s] for s in tables[:, i, j]]
    return total / max(count, 1), count


def grid_origin(luma, visible):
    """Where the 8-pixel grid of an earlier compression most likely begins: (top, left), each 0..7."""
    def phase(y, seen):
        d = np.abs(np.diff(y, axis=1))
        excess = (d[:, 1:-1] - (d[:, :-2] + d[:, 2:]) / 2).clip(-8, 8)
        counts = seen[:, :-3] & seen[:, 1:-2] & seen[:, 2:-1] & seen[:, 3:]
        sums, counts = (excess * counts).sum(0), counts.sum(0)
        means = [sums[(p - 2) % 8::8].sum() / max(1, counts[(p - 2) % 8::8].sum()) for p in range(8)]
        return int(np.argmax(means))
    return phase(luma.T, visible.T), phase(luma, visible)


def middle(length):
    """At most MOST_JPEG_SIDE of `length` pixels around the middle, from a multiple of 8."""
    side = min(length, MOST_JPEG_SIDE)
    start = (length - side) // 2 // 8 * 8
    return slice(start, start + side)


def quality_of_pixels(picture, visible=None):
    """(IJG quality, (top, left)) of the last compression that a picture H,W,3 in 0..255 went through, or None.

    Finds compression that nothing but lossless storage, cropping, or brightness-neutral edits followed.
    """
    if min(picture.shape[:2]) < 32:
        return None
    part = middle(picture.shape[0]), middle(picture.shape[1])
    picture = picture[part]
    visible = np.ones(picture.shape[:2], bool) if visible is None else visible[part]
    luma = picture.astype(np.float64) @ np.array([.299, .587, .114])
    # Blocks with no clipped channel are best; a picture of pure colours has none and is left with those of medium luma.
    usable = visible & ((picture > 0) & (picture < 255)).all(2), visible & (luma > 1) & (luma < 254)
    origins = [(0, 0)]
    found = grid_origin(luma, visible)
    if found not in origins:
        origins.append(found)
    best = None
    for o, inside in itertools.product(origins, usable):
        scores, count = quality_scores(coefficients(luma, inside, *o))
        at = int(np.argmax(scores))
        if count >= 40 and scores[at] > .25 and (best is None or scores[at] > best[0]):
            best = scores[at], QUALITIES[at], o
    return None if best is None else best[1:]


class Estimate(typing.NamedTuple):
    """What lacuna-denoise is told about a picture; sigma in 0..255, grain and jpeg as in denoise.py."""

    sigma: float
    grain: float
    jpeg: float


def of(picture, table, constants=None, visible=None):
    """Auto: picture H,W,3 in 0..255 (float or bytes); the file's luminance table, or None where it has none; `visible`
    H,W where parts of it are transparent."""
    if table is not None:
        quality = quality_of_table(table)
    else:
        found = quality_of_pixels(picture, visible)
        quality = found[0] if found else 100
    jpeg = (100 - quality) / 100
    found = statistics(np.asarray(picture, np.float32), visible)
    if found is None:
        return Estimate(0., 0., round(jpeg, 3))
    c = constants or stored()
    features = np.append(found[0], jpeg)
    hidden = np.maximum(c['w1'] @ np.clip((features - c['mean']) / c['std'], -3, 3) + c['b1'], 0)
    out = c['w2'] @ hidden + c['b2']
    sigma = max(0., float(np.exp(out[0] + features[0] / 2)) - .5)
    return Estimate(round(sigma, 3), round(float(np.clip(out[1], 0, 1)), 3), round(jpeg, 3))


def stored(path=CONSTANTS):
    """The perceptron's constants, name -> array, from the file that the program reads, too."""
    lines = [line.split() for line in pathlib.Path(path).read_text(encoding='utf-8').splitlines()
             if line.strip() and not line.startswith('#')]
    constants = {}
    while lines:
        name, *shape = lines.pop(0)
        shape = tuple(map(int, shape))
        rows = [lines.pop(0) for _ in range(int(np.prod(shape[:-1])))]
        constants[name] = np.array(rows, np.float64).reshape(shape)
    return constants


def store(constants, path=CONSTANTS):
    """Writes the perceptron's constants: a section each, its name and shape, then a line of numbers a row."""
    lines = ['# Turns statistics of a picture into level and grain of its noise: models/training/ESTIMATE.md.',
             '# Written by models/training/fit_estimate.py; read by estimate.py and by the program.']
    for name in ('mean', 'std', 'w1', 'b1', 'w2', 'b2'):
        values = np.asarray(constants[name])
        lines.append(' '.join([name, *map(str, values.shape)]))
        lines += [' '.join(f'{v:.9g}' for v in row) for row in np.atleast_2d(values)]
    pathlib.Path(path).write_text('\n'.join(lines) + '\n', encoding='utf-8')

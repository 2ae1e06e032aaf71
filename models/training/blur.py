"""Blur as cameras make it, each from its published description: hands that shake, lenses out of focus.

Pictures are float32 H,W,3 in 0..1, sRGB-encoded. `rng` is a numpy Generator. Every kernel has its centre of gravity in
its middle: a blurred picture does not tell where the sharp one lay, and a network that had to guess would blur.
"""

import cv2
import numpy as np

import degrade

PATH_POINTS = 400


def shake(rng, anxiety):
    """The path of a hand-held camera during an exposure, complex numbers of length 1 in all: Boracchi & Foi 2012,
    "Modeling the performance of image restoration from motion blur", section III. A velocity that keeps its direction
    by inertia, is drawn back to the start, jitters, and is now and then thrown about by an impulse.

    anxiety: 0 for a straight line; about 0.005 for a steady hand, 0.1 for a very nervous one.
    """
    pull = rng.uniform(0, .7)
    impulse_chance = rng.uniform(0, .2) * anxiety
    jitter = rng.uniform(0, 10) * anxiety
    step = 1 / (PATH_POINTS - 1)
    velocity = np.exp(2j * np.pi * rng.random()) * step
    impulses = rng.random(PATH_POINTS) < impulse_chance
    turns = np.exp(1j * (np.pi + rng.uniform(-.5, .5, PATH_POINTS)))
    pushes = rng.standard_normal(PATH_POINTS) + 1j * rng.standard_normal(PATH_POINTS)
    x = np.zeros(PATH_POINTS, complex)
    for t in range(PATH_POINTS - 1):
        change = (jitter * pushes[t] - anxiety * pull * x[t]) * step
        if impulses[t]:
            change += 2 * velocity * turns[t]
        velocity += change
        velocity *= step / max(abs(velocity), 1e-12)
        x[t + 1] = x[t] + velocity
    return x


def path_kernel(path):
    """The kernel of a path in pixels: the time spent at every place, spread over the four pixels around it."""
    path = path - path.mean()
    reach = int(np.ceil(max(np.abs(path.real).max(), np.abs(path.imag).max()))) + 1
    side = 2 * reach + 1
    k = np.zeros((side, side), np.float32)
    u, v = path.real + reach, path.imag + reach
    u0, v0 = np.floor(u).astype(int), np.floor(v).astype(int)
    fu, fv = u - u0, v - v0
    for dv, wv in ((0, 1 - fv), (1, fv)):
        for du, wu in ((0, 1 - fu), (1, fu)):
            np.add.at(k, (v0 + dv, u0 + du), wv * wu)
    return k / k.sum()


def disc_kernel(radius, blades=0, turn=0., rim=0., soft=.3):
    """What a point out of focus becomes: the shape of the aperture, which is a disc or a polygon of rounded blades.

    rim: how much brighter (or, below 0, darker) its edge is than its middle, as lenses with spherical aberration draw it.
    soft: deviation of the Gaussian that diffraction and the pixel add."""
    reach = int(np.ceil(radius + 3 * soft)) + 1
    fine = 5
    at = (np.arange((2 * reach + 1) * fine) + .5) / fine - reach - .5
    v, u = np.meshgrid(at, at, indexing='ij')
    r = np.hypot(u, v)
    edge = np.full_like(r, radius)
    if blades:
        # Halfway between a polygon and its circle.
        angle = (np.arctan2(v, u) + turn) % (2 * np.pi / blades) - np.pi / blades
        edge = radius * (.5 + .5 * np.cos(np.pi / blades) / np.cos(angle))
    inside = np.clip((edge - r) * fine + .5, 0, 1)
    k = (inside * np.maximum(.05, 1 + rim * ((r / max(radius, 1e-3)) ** 2 - .5))).astype(np.float32)
    k = cv2.GaussianBlur(k, (0, 0), soft * fine)
    k = k.reshape(2 * reach + 1, fine, 2 * reach + 1, fine).sum((1, 3))
    return k / k.sum()


def draw_blur(kind, rng):
    """The parameters of one blur, plain numbers, for `blurred`. kind: 'motion' or 'defocus'."""
    drawn = {'kind': kind, 'lights': rng.uniform(1.5, 6) if rng.random() < .3 else 1.,
             'encoded': int(rng.random() < .3),
             'noise': float(np.exp(rng.uniform(np.log(.3), np.log(2)))) if rng.random() < .6 else 0.,
             'jpeg': int(rng.integers(85, 99)) if rng.random() < .6 else 0}
    if kind == 'motion':
        # How long, in pixels of path; how nervous; how much the frame turns, from one side of it to the other.
        return drawn | {'length': float(np.exp(rng.uniform(np.log(5), np.log(36)))),
                        'anxiety': float(10 ** rng.uniform(-2.5, -.6)) if rng.random() < .75 else 0.,
                        'turn': rng.uniform(-.25, .25) if rng.random() < .5 else 0.,
                        'stretch': rng.uniform(-.2, .2) if rng.random() < .5 else 0.,
                        'path': int(rng.integers(1 << 31))}
    return drawn | {'radius': float(np.exp(rng.uniform(np.log(1.), np.log(7)))),
                    'blades': int(rng.choice([0, 0, 5, 6, 7, 8, 9])), 'spin': rng.uniform(0, 6.28),
                    'rim': rng.uniform(-.8, .8) if rng.random() < .5 else 0., 'soft': rng.uniform(.2, .7)}


def kernels(p):
    """The kernels at the left and at the right of the frame."""
    if p['kind'] == 'motion':
        path = shake(np.random.default_rng(int(p['path'])), p['anxiety']) * p['length']
        if not p['turn'] and not p['stretch']:
            k = path_kernel(path)
            return k, k
        return tuple(path_kernel(path * (1 + s * p['stretch']) * np.exp(1j * s * p['turn'])) for s in (-1, 1))
    k = disc_kernel(p['radius'], p['blades'], p['spin'], p['rim'], p['soft'])
    return k, k


def _apply(x, pair):
    one, other = (cv2.filter2D(x, cv2.CV_32F, cv2.flip(k, -1), borderType=cv2.BORDER_REFLECT_101) for k in pair) \
        if pair[0] is not pair[1] else 2 * (cv2.filter2D(x, cv2.CV_32F, cv2.flip(pair[0], -1),
                                                         borderType=cv2.BORDER_REFLECT_101),)
    if one is other:
        return one
    right = np.linspace(0, 1, x.shape[1], dtype=np.float32)[None, :, None]
    return one + right * (other - one)


def blurred(x, p, rng):
    """The picture as a file has it after the blur `p` (see `draw_blur`): blurred in linear light, lights that the sensor
    could not hold clipped only then, noise, JPEG. rng draws the noise only."""
    pair = kernels(p)
    if p['encoded']:
        # Files whose values are those of the sensor, or that were blurred by a program.
        y = _apply(x, pair)
    else:
        light = degrade.to_linear(x)
        if p['lights'] > 1:
            # What shows as white was brighter than that.
            brightest = light.max(2, keepdims=True)
            light = light * (1 + (np.float32(p['lights']) - 1) * np.clip((brightest - .85) / .15, 0, 1))
        y = degrade.to_srgb(np.clip(_apply(light, pair), 0, 1))
    return filed(y, p, rng)


def filed(y, p, rng):
    """Noise and compression alone."""
    y = degrade.to_bytes(y + rng.standard_normal(y.shape, np.float32) * np.float32(p['noise'] / 255))
    return (degrade.jpeg(y, p['jpeg']) if p['jpeg'] else y).astype(np.float32) / 255

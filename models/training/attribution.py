"""Writes ATTRIBUTION.csv: every photo that shipped weights were trained on, its author where known, its licence.

    python3 attribution.py --data ../../../shared/data

Held-out photos are not in it: nothing was trained on them.
"""

import argparse
import csv
import pathlib

from data import rows

LICENCES = {
    'nips2017_ccby': 'CC-BY-2.0',
    'wall_mate': 'CC-BY-4.0',
    'wall_popos': 'Unsplash',
}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--data', required=True)
    ap.add_argument('--out', default=str(pathlib.Path(__file__).with_name('ATTRIBUTION.csv')))
    args = ap.parse_args()
    with open(pathlib.Path(args.data) / 'train' / 'ATTRIBUTION-nips2017.csv', newline='') as f:
        authors = {r['ImageId']: r for r in csv.DictReader(f)}
    with open(args.out, 'w', newline='') as f:
        w = csv.writer(f, lineterminator='\n')
        w.writerow(['source', 'original', 'licence', 'author', 'page'])
        for r in rows(args.data):
            if r['held_out'].strip() == 'yes':
                continue
            name = r['original'].split('/', 1)[1]
            a = authors.get(pathlib.Path(name).stem, {}) if r['source'] == 'nips2017_ccby' else {}
            w.writerow([r['source'], name, LICENCES.get(r['source'], r['licence']),
                        a.get('Author', ''), a.get('OriginalLandingURL', '')])


if __name__ == '__main__':
    main()

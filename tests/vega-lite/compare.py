"""Compares chart dumps with what Vega computed: domains to 1e-9, ticks, and where marks stand to 1e-3 of the plot (widths to 1 pt).
compare.py DUMPS [--to FILE] prints a line a specification: "agrees NAME", "differs NAME: why", "refused NAME: message"."""
import json
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))


def close(a, b, most=1e-9):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool) and not isinstance(b, bool):
        return abs(a - b) <= most * max(1, abs(a), abs(b))
    return a == b


def same_list(a, b):
    return len(a) == len(b) and all(close(x, y) for x, y in zip(a, b))


def centres(kind, items, ours):
    """Places of marks that can be compared: middle and size in shares of the plot."""
    found = []
    for box in items:
        x1, y1, x2, y2 = box
        if kind in ('symbol', 'line') and ours:
            x1 = x2 = (x1 + x2) / 2
            y1 = y2 = (y1 + y2) / 2
        found.append(((x1 + x2) / 2, (y1 + y2) / 2, abs(x2 - x1), abs(y2 - y1)))
    return found


def match(ours, theirs, width, height):
    """Every mark of the one has its own in the other."""
    if len(ours) != len(theirs):
        return '%d marks, Vega has %d' % (len(ours), len(theirs))
    left = sorted(theirs)
    for it in sorted(ours):
        best = min(range(len(left)), key=lambda i: max(abs(left[i][0] - it[0]), abs(left[i][1] - it[1]), abs(left[i][2] - it[2]), abs(left[i][3] - it[3])))
        b = left.pop(best)
        if abs(b[0] - it[0]) > 1e-3 or abs(b[1] - it[1]) > 1e-3:
            return 'a mark stands at %.4f, %.4f; Vega has %.4f, %.4f' % (it[0], it[1], b[0], b[1])
        if abs(b[2] - it[2]) > 1.0001 / width or abs(b[3] - it[3]) > 1.0001 / height:
            return 'a mark is %.4f x %.4f; Vega has %.4f x %.4f' % (it[2], it[3], b[2], b[3])
    return None


def compare_view(ours, theirs):
    seen = set()
    for axis in ours['axes']:
        if axis['scale'] in seen:
            continue  # the second, of an independent layer: only the first of Vega's is stored
        seen.add(axis['scale'])
        ticks = [t['value'] for t in axis['ticks']]
        vega = theirs['axes'].get(axis['scale'])
        if vega is not None and not same_list(ticks, vega):
            return '%s ticks %s, Vega has %s' % (axis['scale'], ticks[:8], vega[:8])
    for kind in ('rect', 'symbol', 'line', 'area', 'rule'):
        a = [m['box'] for mark in ours['marks'] if mark['type'] == kind for m in mark['items']]
        b = [m for mark in theirs['marks'] if mark['type'] == kind for m in mark['items'] if all(v is not None for v in m)]
        problem = match(centres(kind, a, True), centres(kind, b, False), ours['width'], ours['height'])
        if problem:
            return kind + ': ' + problem
    return None


def domains(ours, theirs):
    for key in ('x', 'y'):
        if key not in theirs['scales']:
            continue
        for view in ours['views']:
            if key in view['scales'] and not same_list(view['scales'][key]['domain'], theirs['scales'][key]):
                return '%s domain %s, Vega has %s' % (key, view['scales'][key]['domain'][:6], theirs['scales'][key][:6])
    return None


def compare(ours, theirs):
    ours['views'] = [v for v in ours['views'] if v['marks']]
    if len(ours['views']) != len(theirs['views']):
        return '%d views, Vega has %d' % (len(ours['views']), len(theirs['views']))
    problem = domains(ours, theirs)
    for a, b in zip(ours['views'], theirs['views']):
        problem = problem or compare_view(a, b)
    return problem


def main(folder):
    for name in sorted(os.listdir(os.path.join(here, 'specs'))):
        name = name.replace('.vl.json', '')
        dump, error = (os.path.join(folder, name + suffix) for suffix in ('.dump', '.err'))
        text = open(dump, encoding='utf-8').read()
        expected = os.path.join(here, 'expected', name + '.json')
        if not text:
            lines = [s for s in open(error, encoding='utf-8') if 'error: ' in s]
            print('refused %s: %s' % (name, lines[0].split('error: ')[1].strip()) if lines else 'crashed ' + name)
        elif not os.path.exists(expected):
            print('draws', name)
        else:
            problem = compare(json.loads(text), json.load(open(expected, encoding='utf-8')))
            print('differs %s: %s' % (name, problem) if problem else 'agrees ' + name)


if len(sys.argv) > 3:
    sys.stdout = open(sys.argv[3], 'w', encoding='utf-8')
main(sys.argv[1])

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares `psws validate` with xmllint and the official schemas on mutated packets.

Takes packets, breaks or rearranges each at random places (the same for the same seed), and asks both for a verdict.
Prints every disagreement and ends with 1 if there was one. Needs xmllint; the 2.0 schema is in the Comet package on
PyPI (comet/schema/VOEvent-v2.0.xsd), the 2.1 schema is published by the IVOA.

    schema_mutants.py --psws .build/debug/psws --schema VOEvent-v2.0.xsd --version 2.0 packets/*.xml
"""

import argparse
import copy
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

ELEMENTS = """Who AuthorIVORN Date Description Reference Author title shortName logoURL contactName contactEmail
contactPhone contributor Contributor What Param Group Table Field Data TR TD Value WhereWhen ObsDataLocation
ObservatoryLocation ObservationLocation AstroCoordSystem TimeFrame SpaceFrame AstroCoords Time TimeInstant TimeInterval
ISOTime ISOTimeStart ISOTimeStop TimeOffset TimeScale Error PositionName Position2D Position3D Name1 Name2 Name3 Value2
Value3 C1 C2 C3 Error2Radius Error2 Error3 How Why Name Concept Inference Citations EventIVORN ReferencePosition
SpaceRefFrame CoordFlavor Nonsense""".split()
ATTRIBUTES = """ivorn role version name ucd value unit dataType utype type uri mimetype meaning id coord_system_id
importance expires probability relation cite altIdentifier pos_unit nonsense""".split()
VALUES = """1 0 -1 1.5 0.5 .5 1. +1 -0 INF -INF NaN nan 1e5 1E-3 0x1 1,5 12:00:01 abc true string float int bool test
observation prediction utility alert followup supersedes retraction UTC-ICRS-TOPO UTC-GEOD-TOPO UTC-HGS-TOPO
TDB-FK5-BARY 2018-05-22T05:30:07 2018-05-22T05:30:07Z 2018-05-22T05:30:07.25+02:00 2018_05_22T05:30:07 2018-05-22
2018-02-30T00:00:00 2020-02-29T24:00:00 2018-05-22T25:00:00 2018-05-22T05:30:60 0000-01-01T00:00:00
12018-01-01T00:00:00 ivo://a.b/c#d ivo://a.b/c/#d http://x/y?z=1#f a%20b a%2 %zz [x] 1a:b :: #a#b mailto:a@b
DataCollector Sponsor 2.0 2.1 2.00""".split() + ["", " ", "a b", " 2.0 ", " 1 ", "\n2018-05-22T05:30:07\n", "é☄", "x y z", "<&>"]


def mutate(root, chance):
    """Changes the tree at one place."""
    parents = {child: parent for parent in root.iter() for child in parent}
    elements = list(root.iter())
    element = chance.choice(elements)
    parent = parents.get(element)
    action = chance.randrange(12)
    if action == 0 and parent is not None:
        parent.remove(element)
    elif action == 1 and parent is not None:
        parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(element))
    elif action == 2 and parent is not None:
        element.tag = chance.choice(ELEMENTS)
    elif action == 3 and parent is not None:
        target = chance.choice(elements)
        if element not in target.iter() and target not in element.iter():
            parent.remove(element)
            target.insert(chance.randrange(len(target) + 1), element)
    elif action == 4 and len(element) > 1:
        children = list(element)
        chance.shuffle(children)
        element[:] = children
    elif action == 5 and element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]
    elif action == 6 and element.attrib:
        name = chance.choice(list(element.attrib))
        element.attrib[chance.choice(ATTRIBUTES)] = element.attrib.pop(name)
    elif action == 7 and element.attrib:
        element.attrib[chance.choice(list(element.attrib))] = chance.choice(VALUES)
    elif action == 8:
        element.attrib[chance.choice(ATTRIBUTES)] = chance.choice(VALUES)
    elif action == 9:
        element.text = chance.choice(VALUES)
    elif action == 10:
        new = ElementTree.Element(chance.choice(ELEMENTS))
        new.text = chance.choice(VALUES)
        element.insert(chance.randrange(len(element) + 1), new)
    elif parent is not None:
        leaves = [one for one in elements if len(one) == 0]
        chance.choice(leaves).text = chance.choice(VALUES)


def mutants(paths, version, count, seed):
    """Yields documents as bytes."""
    namespace = f"http://www.ivoa.net/xml/VOEvent/v{version}"
    ElementTree.register_namespace("voe", namespace)
    trees = []
    for path in paths:
        try:
            root = ElementTree.parse(path).getroot()
        except ElementTree.ParseError:
            continue
        root.tag = f"{{{namespace}}}VOEvent"
        root.attrib["version"] = version
        trees.append(root)
    chance = random.Random(seed)
    for _ in range(count):
        root = copy.deepcopy(chance.choice(trees))
        for _ in range(chance.choice([0, 1, 1, 1, 1, 2, 3])):
            mutate(root, chance)
        yield ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--psws", required=True)
    parser.add_argument("--schema", required=True)
    parser.add_argument("--version", default="2.0", choices=["2.0", "2.1"])
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("packets", nargs="+")
    options = parser.parse_args()
    disagreements = valid = total = 0
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for index, document in enumerate(mutants(options.packets, options.version, options.count, options.seed)):
            path = pathlib.Path(folder, f"{index:06}.xml")
            path.write_bytes(document)
            files.append(str(path))
        for start in range(0, len(files), 500):
            batch = files[start:start + 500]
            lint = subprocess.run(["xmllint", "--noout", "--schema", options.schema, *batch],
                                  capture_output=True, text=True, errors="replace").stderr
            accepted = {line[:-len(" validates")] for line in lint.splitlines() if line.endswith(" validates")}
            ours = subprocess.run([options.psws, "validate", "--json", *batch], capture_output=True, text=True)
            for report in map(json.loads, ours.stdout.splitlines()):
                path = report["file"]
                # A mutant that no longer says its version is judged by its namespace; another version by none.
                total += 1
                valid += path in accepted
                if report["valid"] != (path in accepted) and report["valid"] is not None:
                    disagreements += 1
                    reason = [line for line in lint.splitlines() if line.startswith(path)][:1]
                    print(f"{path}: psws {report['valid']}, xmllint {path in accepted}")
                    print(f"    psws: {[error['message'] for error in report['errors'][:2]]}\n    xmllint: {reason}")
    print(f"{total} mutants, {valid} of them valid, {disagreements} disagreements")
    return 1 if disagreements or total != options.count else 0


if __name__ == "__main__":
    sys.exit(main())

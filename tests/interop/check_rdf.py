#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The RDF exports in a folder as rapper, rdflib, pyoxigraph and pySHACL read them.

check_rdf.py FOLDER PROJECT: exits 77 if none of the programs is there.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

FILES = {"graph.ttl": "turtle", "graph.nt": "ntriples", "graph.nq": "nquads", "graph.rdf": "rdfxml"}
# The query of docs/formats.md: who says so, and in which words.
QUOTES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX kg: <https://w3id.org/parkgraph/ontology#>
SELECT ?company ?park ?doc ?quote WHERE {
  ?st rdf:predicate kg:locatesIn ; rdf:subject ?company ; rdf:object ?park .
  GRAPH ?doc { ?st kg:evidence ?ev . ?ev oa:hasSelector/oa:exact ?quote }
}"""
KG = "https://w3id.org/parkgraph/ontology#"


def check_rapper(folder):
    if not shutil.which("rapper"):
        return "rapper is not installed"
    counts = {}
    for name, syntax in FILES.items():
        run = subprocess.run(["rapper", "-i", syntax, "-c", str(folder / name)],
                             capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        assert "rror" not in run.stderr and "arning" not in run.stderr, run.stderr
        counts[name] = int(re.search(r"returned (\d+) triples", run.stderr).group(1))
    assert len(set(counts.values())) == 1 and counts["graph.ttl"] > 0, counts
    return None


def check_rdflib(folder):
    try:
        import rdflib
    except ImportError:
        return "rdflib is not installed"
    graphs = {}
    for name, syntax in (("graph.ttl", "turtle"), ("graph.nt", "nt"), ("graph.rdf", "xml")):
        graphs[name] = rdflib.Graph().parse(str(folder / name), format=syntax)
    quads = rdflib.ConjunctiveGraph()
    quads.parse(str(folder / "graph.nq"), format="nquads")
    folded = {}
    for name, graph in list(graphs.items()) + [("graph.nq", quads)]:
        folded[name] = {tuple(fold(term) for term in triple)
                        for triple in graph.triples((None, None, None))}
    for name, triples in folded.items():
        assert triples == folded["graph.nt"], (name, triples ^ folded["graph.nt"])
    names = graphs["graph.ttl"].query(
        "SELECT ?l { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l "
        "FILTER(langMatches(lang(?l), 'zh')) }")
    assert len(names) == len({row[0] for row in names}) > 5
    for graph in graphs.values():
        graph.serialize(format="turtle")  # fails on an illegal IRI that it read
    documents = {str(c.identifier) for c in quads.contexts() if "/document/" in str(c.identifier)}
    assert documents, "no named graph"
    return None


def fold(term):
    language = getattr(term, "language", None)
    return (str(term), language.lower() if language else None,
            str(getattr(term, "datatype", None) or ""))


def check_terms(folder, project):
    """Every term of ours that the export uses is in the ontology."""
    ontology = project / "ontology" / "parkgraph.ttl"
    if not ontology.exists():
        return "no ontology yet"
    declared = set(re.findall(r"^kg:(\w+)\s*$", ontology.read_text(encoding="utf-8"), re.M))
    used = set(re.findall(re.escape(KG) + r"(\w+)>", (folder / "graph.nt").read_text(encoding="utf-8")))
    assert used and used <= declared, used - declared
    return None


def check_oxigraph(folder):
    try:
        import pyoxigraph
    except ImportError:
        return "pyoxigraph is not installed"
    formats = {"graph.ttl": pyoxigraph.RdfFormat.TURTLE, "graph.nt": pyoxigraph.RdfFormat.N_TRIPLES,
               "graph.nq": pyoxigraph.RdfFormat.N_QUADS, "graph.rdf": pyoxigraph.RdfFormat.RDF_XML}
    counts = {name: len(list(pyoxigraph.parse(path=str(folder / name), format=form)))
              for name, form in formats.items()}
    assert len(set(counts.values())) == 1, counts
    store = pyoxigraph.Store()
    store.load(path=str(folder / "graph.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    rows = list(store.query(QUOTES))
    assert len(rows) == 5 and len({row["doc"].value for row in rows}) == 3, rows
    return None


def check_shacl(folder, project):
    try:
        import pyshacl
    except ImportError:
        return "pySHACL is not installed"
    shapes = project / "ontology" / "shapes.ttl"
    if not shapes.exists():
        return "no shapes yet"
    conforms, _, text = pyshacl.validate(str(folder / "graph.ttl"), shacl_graph=str(shapes),
                                         data_graph_format="turtle", shacl_graph_format="turtle")
    assert conforms, text
    return None


def main():
    folder, project = Path(sys.argv[1]), Path(sys.argv[2])
    skipped = [check_rapper(folder), check_rdflib(folder), check_oxigraph(folder),
               check_terms(folder, project), check_shacl(folder, project)]
    for reason in filter(None, skipped):
        print("skipped:", reason)
    sys.exit(77 if all(skipped) else 0)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""GraphML and GEXF as xmllint, NetworkX and igraph read them.

check_graph.py FOLDER PROJECT: exits 77 if none of the programs is there.
"""
import io
import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

NODES, EDGES = 10, 13
QUOTE = "\"引号\"\n换行, 逗号; 分号\\反斜线 <标签> & 'x' 𠮷🤖\ufffd"


def check_xmllint(folder):
    if not shutil.which("xmllint"):
        return "xmllint is not installed"
    for name in ("graph.graphml", "graph.gexf", "graph.rdf"):
        run = subprocess.run(["xmllint", "--nonet", "--noout", str(folder / name)],
                             capture_output=True, text=True, check=False)
        assert run.returncode == 0 and not run.stderr, run.stderr
    return None


def check_networkx(folder):
    try:
        import networkx
    except ImportError:
        return "networkx is not installed"
    graph = networkx.read_graphml(folder / "graph.graphml")
    assert isinstance(graph, networkx.MultiDiGraph), type(graph)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (NODES, EDGES)
    node = graph.nodes["e1"]
    assert node["name"] == node["label"] == "阿里\"巴巴\" & <淘宝>", node
    assert node["degree"] == 6 and node["pagerank"] == 0.25 and "closeness" not in node
    assert json.loads(node["aliases"])[1] == 'a"b'
    assert node["labels"] == ":Entity:Company"
    edges = graph["e1"]["e2"]
    assert set(edges) == {"s01", "s02", "s03"}, edges
    assert edges["s01"]["quote"] == QUOTE and edges["s01"]["weight"] == 0.9
    assert edges["s03"]["label"] == "operates" and edges["s03"]["edge_id"] == "s03"
    assert "e1" in graph["e1"] and graph.degree("e9") == 0
    check_networkx_gexf(networkx, folder)
    return None


def check_networkx_gexf(networkx, folder):
    text = (folder / "graph.gexf").read_text(encoding="utf-8")
    if networkx.__version__.startswith("2."):  # knows no version 1.3
        text = text.replace('gexf.net/1.3"', 'www.gexf.net/1.2draft"').replace(
            'version="1.3"', 'version="1.2"')
    graph = networkx.read_gexf(io.BytesIO(text.encode("utf-8")))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (NODES, EDGES)
    assert graph.nodes["e5"]["label"] == "换\n行\r回\t车"
    assert graph["e1"]["e2"]["s01"]["predicate"] == "locates_in"


def check_igraph(folder):
    try:
        import igraph
    except ImportError:
        return "igraph is not installed"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    assert (graph.vcount(), graph.ecount(), graph.is_directed()) == (NODES, EDGES, True)
    node = graph.vs.find(id="e1")
    assert node["name"] == "阿里\"巴巴\" & <淘宝>" and node["degree"] == 6
    edge = graph.es.find(edge_id="s01")
    assert edge["quote"] == QUOTE and edge["label"] == "locates_in"
    assert graph.es.find(edge_id="s12")["inferred"] == "true"
    return None


def main():
    folder = Path(sys.argv[1])
    skipped = [check_xmllint(folder), check_networkx(folder), check_igraph(folder)]
    for reason in filter(None, skipped):
        print("skipped:", reason)
    sys.exit(77 if all(skipped) else 0)


main()

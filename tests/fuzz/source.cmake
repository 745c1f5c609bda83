# SPDX-License-Identifier: GPL-3.0-or-later
foreach(name charset feed html jsonl markdown plain)
    kg_fuzz(${name} source text)
endforeach()

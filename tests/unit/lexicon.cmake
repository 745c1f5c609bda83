# SPDX-License-Identifier: GPL-3.0-or-later
kg_test(test_automaton lexicon)
kg_test(test_lexicon lexicon)
if(TARGET kg_extract)
    kg_test(test_entity extract)
endif()

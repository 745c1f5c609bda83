# SPDX-License-Identifier: GPL-3.0-or-later
kg_test(test_analyse_measures analyse)
kg_test(test_analyse analyse lexicon)
target_link_libraries(test_analyse PRIVATE kg_generate)

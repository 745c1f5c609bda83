# SPDX-License-Identifier: GPL-3.0-or-later
kg_test(test_pattern extract)
kg_test(test_extract extract source)

# SPDX-License-Identifier: GPL-3.0-or-later
kg_test(test_pipeline cli)
kg_test(test_options cli)
kg_test(test_table cli)
kg_test(test_progress cli)

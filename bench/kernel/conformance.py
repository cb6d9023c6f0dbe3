"""Jupyter's conformance tests on one kernel: how many pass whole, of those that it has samples for.

python conformance.py KERNEL    prints [passed, all]
"""

import json
import sys
import unittest

import jupyter_kernel_test

from cells import DIALECTS

# A kernel that has not answered by then does not answer.
jupyter_kernel_test.TIMEOUT = 3


def tests(kernel):
    class Conformance(jupyter_kernel_test.KernelTests):
        kernel_name = kernel

        def get_non_kernel_info_reply(self, timeout=None):
            """Without the limit, a request that a kernel leaves alone would be waited for without end."""
            return super().get_non_kernel_info_reply(timeout=timeout or jupyter_kernel_test.TIMEOUT)

    for name, sample in DIALECTS[kernel].conformance.items():
        setattr(Conformance, name, sample)
    return unittest.defaultTestLoader.loadTestsFromTestCase(Conformance)


def count(kernel):
    suite = tests(kernel)
    result = unittest.TestResult()
    suite.run(result)
    # A part of a test names the test it belongs to.
    failed = {getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors}
    whole = result.testsRun - len([test for test, _ in result.skipped if not hasattr(test, "test_case")])
    return whole - len(failed), whole


if __name__ == "__main__":
    print(json.dumps(count(sys.argv[1])))

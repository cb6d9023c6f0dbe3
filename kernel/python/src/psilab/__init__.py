"""The Python side of the Jupyter kernel "TypeScript (ψlab)": its files, and papermill's parameters for it."""

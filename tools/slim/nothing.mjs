// Stands for packages of transforms that no figure uses: Vega registers every export of theirs.
export {}

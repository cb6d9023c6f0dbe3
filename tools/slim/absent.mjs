/** What packages of Vega ask of those that are left out; no figure calls it. */
const refuse = () => {
  throw new Error('Figures have no maps of the Earth, selections or tables of text.')
}

export {
  refuse as dsvFormat,
  refuse as feature,
  refuse as geoArea,
  refuse as geoBounds,
  refuse as geoCentroid,
  refuse as mesh,
  refuse as projection,
  refuse as selectionIdTest,
  refuse as selectionResolve,
  refuse as selectionTest,
  refuse as selectionTuples,
  refuse as selectionVisitor,
}

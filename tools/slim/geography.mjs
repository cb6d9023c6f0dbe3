/** What other packages of Vega ask of the geography that is left out; no figure calls it. */
const refuse = () => {
  throw new Error('Figures hold no maps of the Earth.')
}

export {
  refuse as feature,
  refuse as geoArea,
  refuse as geoBounds,
  refuse as geoCentroid,
  refuse as mesh,
  refuse as projection,
}

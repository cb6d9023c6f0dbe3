// The schemes of colours that Vega knows by name; figures bring their own colours.
/** @type {readonly string[]} */
const none = []

export {
  none as schemeAccent,
  none as schemeCategory10,
  none as schemeDark2,
  none as schemeObservable10,
  none as schemePaired,
  none as schemePastel1,
  none as schemePastel2,
  none as schemeSet1,
  none as schemeSet2,
  none as schemeSet3,
}

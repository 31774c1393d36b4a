/**
 * The Core Business Vocabulary 2.0 in words, and the four spellings that mean one value (CBV 2.0, 7): bare word `shipping`,
 * CURIE `cbv:BizStep-shipping`, Web URI `https://ref.gs1.org/cbv/BizStep-shipping`, URN `urn:epcglobal:cbv:bizstep:shipping`.
 */
export type VocabularyName =
  | 'bizStep'
  | 'disposition'
  | 'transactionType'
  | 'sourceDestination'
  | 'errorReason'
  | 'component'
  | 'measurement'
  | 'alert'

interface Vocabulary {
  readonly web: string
  readonly urn: string | undefined
  readonly words: ReadonlySet<string>
}

const cbv = 'https://ref.gs1.org/cbv/'
const voc = 'https://gs1.org/voc/'

function vocabulary(web: string, urn: string | undefined, words: string): Vocabulary {
  return { web, urn, words: new Set(words.trim().split(/\s+/)) }
}

const vocabularies: Readonly<Record<VocabularyName, Vocabulary>> = {
  bizStep: vocabulary(
    `${cbv}BizStep-`,
    'urn:epcglobal:cbv:bizstep:',
    `accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting
    decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting installing
    killing loading other packing picking receiving removing repackaging repairing replacing reserving retail_selling
    sampling sensor_reporting shipping staging_outbound stock_taking stocking storing transporting unloading unpacking
    void_shipping`,
  ),
  disposition: vocabulary(
    `${cbv}Disp-`,
    'urn:epcglobal:cbv:disp:',
    `active available completeness_verified completeness_inferred conformant container_closed container_open damaged
    destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_instance mismatch_class
    mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled
    reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable unknown`,
  ),
  transactionType: vocabulary(
    `${cbv}BTT-`,
    'urn:epcglobal:cbv:btt:',
    'bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt',
  ),
  sourceDestination: vocabulary(
    `${cbv}SDT-`,
    'urn:epcglobal:cbv:sdt:',
    'owning_party possessing_party location',
  ),
  errorReason: vocabulary(`${cbv}ER-`, 'urn:epcglobal:cbv:er:', 'did_not_occur incorrect_data'),
  component: vocabulary(
    `${cbv}Comp-`,
    'urn:epcglobal:cbv:comp:',
    `x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing latitude longitude
    altitude`,
  ),
  measurement: vocabulary(
    voc,
    undefined,
    `AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Radioactivity Altitude AmountOfSubstance
    AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance Conductance
    Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge
    ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency Illuminance Inductance
    Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux LuminousIntensity MagneticFlux
    MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity
    MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity RelativeHumidity
    Resistance Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque Voltage
    Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber`,
  ),
  alert: vocabulary(voc, undefined, 'ALARM_CONDITION ERROR_CONDITION'),
}

/** Prefixes that the EPCIS context defines for every document. */
export const standardPrefixes: Readonly<Record<string, string>> = {
  cbv,
  gs1: voc,
  cbvmda: 'urn:epcglobal:cbv:mda:',
  epcis: 'https://ref.gs1.org/epcis/',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  dcterms: 'http://purl.org/dc/terms/',
}

/** Words of a vocabulary. */
export function vocabularyWords(name: VocabularyName): ReadonlySet<string> {
  return vocabularies[name].words
}

/** Whether a text is a URI by its shape: a scheme, then something without blanks and brackets. */
export function isUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/.test(text)
}

/** Replaces a known prefix by its namespace: `example:x` becomes `https://ns.example.com/x`. */
export function expandPrefix(text: string, prefixes: Readonly<Record<string, string>>): string {
  const at = text.indexOf(':')
  if (at < 0 || text.startsWith('//', at + 1)) return text
  const prefix = text.slice(0, at)
  const space = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined
  return space === undefined ? text : space + text.slice(at + 1)
}

/**
 * The Web URI of a value in any spelling; a URI of somebody's own vocabulary stays as it is, expanded. `undefined` for a bare
 * word the vocabulary does not know.
 */
export function vocabularyUri(
  name: VocabularyName,
  text: string,
  prefixes: Readonly<Record<string, string>> = standardPrefixes,
): string | undefined {
  const { web, urn, words } = vocabularies[name]
  if (words.has(text)) return web + text
  // Documents bind cbv and gs1 to several addresses over the years; the vocabularies are the same.
  const uri = expandPrefix(text, { ...standardPrefixes, ...prefixes, cbv, gs1: voc })
  if (urn !== undefined && uri.startsWith(urn)) return web + uri.slice(urn.length)
  return isUri(uri) ? uri : undefined
}

/** The bare word of a Web URI of the vocabulary, else the URI itself: what the shop reads. */
export function vocabularyWord(name: VocabularyName, uri: string): string {
  const { web, words } = vocabularies[name]
  const word = uri.startsWith(web) ? uri.slice(web.length) : ''
  return words.has(word) ? word : uri
}

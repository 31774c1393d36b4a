import { isRefusal } from '@lotline/core/base/refusal'
import { attributeOf, childOf, type XmlNode, XmlSlicer } from '../xml/slice.ts'
import {
  checkLog,
  invalid,
  type OcelEvent,
  type OcelLog,
  type OcelObject,
  type OcelRefusal,
  ocelTime,
} from './log.ts'

/** Reads the XML form of OCEL 2.0. O(n). */
export function readOcelXml(text: string): OcelLog | OcelRefusal {
  const slicer = new XmlSlicer((open) => {
    const [node, parent] = [open.at(-1), open.at(-2)]
    return (
      (node?.name === 'event' && parent?.name === 'events') ||
      (node?.name === 'object' && parent?.name === 'objects' && open.length === 3)
    )
  })
  const nodes = slicer.push(text)
  if (isRefusal(nodes)) return nodes
  const root = slicer.end()
  if (isRefusal(root)) return root
  if (root.name !== 'log') return invalid(`its element is <${root.name}>, not <log>`)
  const events: OcelEvent[] = []
  const objects: OcelObject[] = []
  for (const node of nodes) {
    const [id, type] = [attributeOf(node, 'id'), attributeOf(node, 'type')]
    if (id === undefined || type === undefined)
      return invalid(`<${node.name}> at line ${node.line} lacks id or type`)
    if (node.name === 'object') {
      objects.push({ id, type, attributes: attributesOf(node), related: relationsOf(node) })
      continue
    }
    const time = attributeOf(node, 'time') ?? ''
    const at = ocelTime(time)
    if (at === undefined)
      return invalid(`event ${id} at line ${node.line} has no time: ${JSON.stringify(time)}`, id)
    events.push({ id, type, at, atGiven: time, attributes: attributesOf(node), objects: relationsOf(node) })
  }
  const log = { events, objects }
  return checkLog(log) ?? log
}

function attributesOf(node: XmlNode): Record<string, string> {
  const list = [...(childOf(node, 'attributes')?.children ?? [])].sort((a, b) =>
    (attributeOf(a, 'time') ?? '') < (attributeOf(b, 'time') ?? '') ? -1 : 1,
  )
  return Object.fromEntries(list.map((each) => [attributeOf(each, 'name') ?? '', each.text]))
}

function relationsOf(node: XmlNode) {
  return (childOf(node, 'objects')?.children ?? []).map((each) => ({
    object: attributeOf(each, 'object-id') ?? '',
    qualifier: attributeOf(each, 'qualifier') ?? '',
  }))
}

import { refuse, type Refusal } from '@lotline/core/base/refusal'
import { recordTooLarge } from '../json/record-limit.ts'
import { SaxesParser, type SaxesTagNS } from 'saxes'

export type XmlRefusal = Refusal<'xml_malformed' | 'xml_forbidden' | 'record_too_large'>

export interface XmlAttribute {
  readonly prefix: string
  readonly name: string
  readonly space: string
  readonly value: string
}

/** An element: local name, namespace, what is in it. `text` is all its own character data, trimmed. */
export interface XmlNode {
  readonly name: string
  readonly prefix: string
  readonly space: string
  readonly attributes: readonly XmlAttribute[]
  /** Prefixes declared on this element. */
  readonly declares: Readonly<Record<string, string>>
  readonly children: XmlNode[]
  text: string
  readonly line: number
}

const depthMax = 64
/** Elements of one record; more is not something a person captured. */
const recordNodesMax = 500_000

class Stop extends Error {
  readonly refusal: XmlRefusal
  constructor(refusal: XmlRefusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/**
 * Reads an XML file of any size piece by piece: elements that `takes` accepts (given its open ancestors, itself last) come out
 * one by one and are not kept; the rest is the frame that `end` gives. A document type declaration that says
 * more than a name is refused before anything of it is used, so entities cannot grow or reach out. Memory is one record plus the frame.
 */
export class XmlSlicer {
  readonly #parser = new SaxesParser({ xmlns: true, position: true })
  readonly #open: XmlNode[] = []
  readonly #takes: (open: readonly XmlNode[]) => boolean
  #taken: XmlNode[] = []
  #root: XmlNode | undefined
  #nodes = 0
  #failed: XmlRefusal | undefined

  constructor(takes: (open: readonly XmlNode[]) => boolean) {
    this.#takes = takes
    const parser = this.#parser
    parser.on('doctype', (declaration) => {
      // A bare name declares nothing; anything more could name or define entities.
      if (/^\s*[\w:.-]+\s*$/.test(declaration)) return
      throw new Stop(
        refuse('xml_forbidden', {
          message: `The file has a document type declaration (DOCTYPE) at line ${parser.line}.`,
          fix: 'Send it without DOCTYPE; entities are not read, because they can be used to attack.',
          field: `line ${parser.line}`,
        }),
      )
    })
    parser.on('error', (error) => {
      throw new Stop(malformed(error.message.replace(/^\d+:\d+: /, ''), parser.line, parser.column))
    })
    parser.on('opentag', (tag) => this.#begin(tag))
    parser.on('closetag', () => this.#finish())
    const text = (piece: string) => {
      const top = this.#open.at(-1)
      if (top) top.text += piece
    }
    parser.on('text', text)
    parser.on('cdata', text)
  }

  /** Takes the next piece of the file and gives the records that ended in it. */
  push(piece: string): readonly XmlNode[] | XmlRefusal {
    return this.#guard(() => this.#parser.write(piece))
  }

  /** Ends the file: its root element, without the records taken out. Refused when the file was cut. */
  end(): XmlNode | XmlRefusal {
    const last = this.#guard(() => this.#parser.close())
    if ('refused' in last) return last
    return this.#root ?? malformed('it has no element', 1, 0)
  }

  #guard(read: () => void): readonly XmlNode[] | XmlRefusal {
    if (this.#failed) return this.#failed
    try {
      read()
    } catch (error) {
      if (!(error instanceof Stop)) throw error
      this.#failed = error.refusal
      return error.refusal
    }
    const taken = this.#taken
    this.#taken = []
    return taken
  }

  #begin(tag: SaxesTagNS): void {
    const attributes = Object.values(tag.attributes)
      .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
      .map(({ prefix, local, uri, value }) => ({ prefix, name: local, space: uri, value }))
    const { line } = this.#parser
    const node: XmlNode = {
      name: tag.local,
      prefix: tag.prefix,
      space: tag.uri,
      attributes,
      declares: { ...tag.ns },
      children: [],
      text: '',
      line,
    }
    if (this.#open.length >= depthMax)
      throw new Stop(malformed(`it is nested deeper than ${depthMax} levels`, line, 0))
    this.#nodes++
    if (this.#nodes > recordNodesMax) {
      throw new Stop(recordTooLarge(line))
    }
    this.#root ??= node
    this.#open.push(node)
  }

  #finish(): void {
    const node = this.#open.at(-1)
    if (!node) return
    node.text = node.text.trim()
    const taken = this.#takes(this.#open)
    this.#open.pop()
    if (taken) {
      this.#taken.push(node)
      this.#nodes = 0
    } else this.#open.at(-1)?.children.push(node)
  }
}

function malformed(what: string, line: number, column: number): XmlRefusal {
  return refuse('xml_malformed', {
    message: `The file is not XML at line ${line}, column ${column}: ${what}`,
    fix: 'Ask the sender for the whole file; it may have been cut or edited by hand.',
    field: `line ${line}`,
  })
}

/** The first child element of a name, whatever its namespace. */
export function childOf(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((child) => child.name === name)
}

export function attributeOf(node: XmlNode, name: string): string | undefined {
  return node.attributes.find((attribute) => attribute.name === name)?.value
}

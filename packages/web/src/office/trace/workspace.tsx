import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOpenTrace } from '../../search/use-open-trace.ts'
import { useShortcut } from '../../shared/page-events.ts'
import { ExplainDrawer } from './explain-drawer.tsx'
import type { GraphProps } from './graph/graph-props.ts'
import { GraphView } from './graph/graph-view.tsx'
import { isolated, linkWords, pinnedWords } from './pinned-words.ts'
import { SelectionPanels } from './selection-panels.tsx'
import { Tables } from './tables.tsx'
import { TraceControls, ViewControl } from './trace-controls.tsx'
import { type Change, openedMax, type View } from './trace-query.ts'
import { useDrawing } from './use-answers.ts'
import { usePins } from './use-pins.ts'
import type { WorkspaceProps } from './workspace-props.ts'
import styles from './trace-page.module.css'

const none: readonly string[] = []

/** Which boxes are open stands in the address; the last one opened is the first to be folded again. */
function foldingOf(open: readonly string[], change: Change) {
  const before = open.slice(0, -1)
  return {
    onOpen: (key: string): void => change({ open: [...open, key].slice(-openedMax) }),
    onFold: open.length > 0 ? () => change({ open: before.length > 0 ? before : undefined }) : undefined,
  }
}

/** Graph and tables side by side on one selection: hovering previews a path, a click pins it. */
export function Workspace(workspace: WorkspaceProps) {
  const { search, question, lists, change } = workspace
  const narrow = useMediaQuery('(max-width: 1100px)', false, { getInitialValueInEffect: false })
  const open = search.open ?? none
  const { lanes, error } = useDrawing(question, open)
  const { pins, selection, path, alone, pin, unpin, isolate, hover } = usePins(search, lanes, change)
  const [about, setAbout] = useState<{ id: string; label: string; link?: string }>()
  const openTrace = useOpenTrace()
  const traceOf = (code: string): void => openTrace([code])
  const folding = foldingOf(open, change)
  useKeys({ unpin, change, isolate })

  const view = shownView(search.view ?? 'both', narrow)
  const words = pinnedWords(pins, lanes, lists)
  const drawn = lanes && alone && selection.path ? isolated(lanes, selection.path) : lanes
  return (
    <section className={styles['workspace']} data-view={view}>
      <div className={styles['tools']}>
        <TraceControls search={search} onChange={change} />
        <ViewControl view={view} narrow={narrow} onView={(next) => change({ view: next })} />
      </div>
      <div className={styles['split']}>
        {view === 'table' ? null : (
          <Drawing
            failed={error !== null}
            graph={
              drawn && {
                lanes: drawn,
                pinned: selection.boxes,
                path: alone ? undefined : path,
                onHover: hover,
                onPin: pin,
                onLink: (index) => setAbout(linkWords(drawn, index)),
                ...folding,
              }
            }
          />
        )}
        {view === 'graph' ? null : (
          <Tables
            workspace={workspace}
            lanes={lanes}
            narrow={narrow}
            selection={selection}
            onPin={pin}
            onHover={hover}
            onTrace={traceOf}
          />
        )}
      </div>
      <SelectionPanels
        question={question}
        open={open}
        lanes={lanes}
        pinned={words}
        units={selection.units}
        isolated={alone}
        onIsolate={isolate}
        onUnpin={unpin}
        onOpen={folding.onOpen}
        onWhy={setAbout}
        onTrace={traceOf}
      />
      <ExplainDrawer question={question} about={about} onClose={() => setAbout(undefined)} />
    </section>
  )
}

interface DrawingProps {
  readonly graph: GraphProps | undefined
  readonly failed: boolean
}

function Drawing({ graph, failed }: DrawingProps) {
  const { t } = useTranslation()
  if (!graph) return <p className={styles['loading']}>{t(failed ? 'graph.failed' : 'graph.loading')}</p>
  return <GraphView {...graph} />
}

/** Side by side needs room; a narrow screen shows one at a time, the table first. */
function shownView(view: View, narrow: boolean): View {
  return narrow && view === 'both' ? 'table' : view
}

function useKeys({
  unpin,
  change,
  isolate,
}: {
  unpin: () => void
  change: Change
  isolate: () => void
}): void {
  useShortcut('i', isolate)
  useShortcut('gt', (key) => change({ view: key === 'g' ? 'graph' : 'table' }))
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[role="dialog"]'))
        unpin()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [unpin])
}

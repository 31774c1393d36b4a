import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { identifiersIn } from '../../search/identifiers.ts'
import { useOpenTrace } from '../../search/use-open-trace.ts'
import { useShortcut } from '../../shared/page-events.ts'
import { ExplainDrawer } from './explain-drawer.tsx'
import type { GraphProps } from './graph/graph-props.ts'
import { GraphView } from './graph/graph-view.tsx'
import { isolated, linkWords, pinnedWords } from './pinned-words.ts'
import { SelectionBar } from './selection-bar.tsx'
import { Tables } from './tables.tsx'
import { TraceControls, ViewControl } from './trace-controls.tsx'
import type { Change, View } from './trace-query.ts'
import { drawnFrom, useDrawing } from './use-answers.ts'
import { countText } from '../../shared/language-formats.ts'
import { usePins } from './use-pins.ts'
import type { WorkspaceProps } from './workspace-props.ts'
import styles from './trace-page.module.css'

/** Graph and tables side by side on one selection: hovering previews a path, a click pins it. */
export function Workspace(workspace: WorkspaceProps) {
  const { search, question, lists, change } = workspace
  const narrow = useMediaQuery('(max-width: 1100px)', false, { getInitialValueInEffect: false })
  const drawing = useDrawing(question, workspace.first)
  const { lanes } = drawing
  const { pins, selection, path, alone, pin, unpin, isolate, hover } = usePins(search, lanes, change)
  const [about, setAbout] = useState<{ id: string; label: string; link?: string }>()
  const openTrace = useOpenTrace()
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
            failed={drawing.error !== null}
            left={drawing.left}
            graph={
              drawn && {
                lanes: drawn,
                pinned: selection.boxes,
                path: alone ? undefined : path,
                onHover: hover,
                onPin: pin,
                onLink: (index) => setAbout(linkWords(drawn, index)),
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
            onTrace={(code) => openTrace([code])}
          />
        )}
      </div>
      {words ? (
        <SelectionBar
          pinned={words}
          isolated={alone}
          onIsolate={isolate}
          onUnpin={unpin}
          onWhy={() => words.id !== undefined && setAbout({ id: words.id, label: words.label })}
          onTrace={() => openTrace(words.id === undefined ? identifiersIn(words.label) : [`#${words.id}`])}
        />
      ) : null}
      <ExplainDrawer question={question} about={about} onClose={() => setAbout(undefined)} />
    </section>
  )
}

interface DrawingProps {
  readonly graph: GraphProps | undefined
  readonly failed: boolean
  /** How many traceables the whole trace has, when the picture is made from a part of it. */
  readonly left: number | undefined
}

function Drawing({ graph, failed, left }: DrawingProps) {
  const { t } = useTranslation()
  if (!graph) return <p className={styles['loading']}>{t(failed ? 'graph.failed' : 'graph.loading')}</p>
  const note =
    left === undefined
      ? undefined
      : t('graph.partly', { number: countText(drawnFrom), total: countText(left) })
  return <GraphView {...graph} note={note} />
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

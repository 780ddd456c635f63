import { useEffect, useRef, useState } from 'react';
import css from './proposal.module.css';
import type { Page } from './read-pages.ts';

/** One page of the paper, drawn while it is near what is in sight. */
export function ProposalPage({ page, number, count }: { page: Page; number: number; count: number }) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let near = false;
    const look = () => setWidth(near ? Math.round(element.clientWidth * devicePixelRatio) : 0);
    const sight = new IntersectionObserver(
      ([entry]) => {
        near = entry?.isIntersecting ?? false;
        look();
      },
      { rootMargin: '600px' },
    );
    const size = new ResizeObserver(look);
    sight.observe(element);
    size.observe(element);
    return () => {
      sight.disconnect();
      size.disconnect();
    };
  }, []);

  useEffect(() => {
    const sheet = canvas.current;
    if (sheet === null) return;
    if (width === 0) {
      sheet.width = 0; // gives its memory back
      return;
    }
    let left = false;
    const fail = () => left || setFailed(true);
    setFailed(false);
    page.draw(sheet, width).catch(fail);
    page.text().then((said) => left || setText(said), fail);
    return () => {
      left = true;
    };
  }, [page, width]);

  return (
    <div className={css.page} ref={frame} style={{ aspectRatio: `${page.width} / ${page.height}` }}>
      <canvas ref={canvas} className={css.sheet} aria-hidden />
      {failed && <p className={css.failed}>This page cannot be shown here. Download the PDF to see it.</p>}
      <article className={css.spoken} aria-label={`Page ${number} of ${count}`}>
        {text}
      </article>
    </div>
  );
}

/** Banners, empty and failed lists, skeletons, the line that moves while something is read, progress. */
import { type CSSResult, css } from 'lit';

export const states: CSSResult = css`
  .banner {
    display: flex;
    align-items: center;
    gap: 0.77em;
    padding: 0.62em 0.92em;
    border-block-end: 1px solid;
    border-inline-start: 4px solid;
  }
  .banner .i {
    inline-size: 1.3em;
    block-size: 1.3em;
  }
  .banner .x {
    color: var(--_text);
  }
  .banner .btn .i {
    inline-size: 1.08em;
    block-size: 1.08em;
  }
  .banner.danger {
    color: var(--_danger-text);
    background: var(--_danger-bg);
    border-color: var(--_danger-line);
    border-inline-start-color: var(--_danger-solid);
  }
  .banner.warn {
    color: var(--_warn-text);
    background: var(--_warn-bg);
    border-color: var(--_warn-line);
    border-inline-start-color: var(--_warn-solid);
  }
  .banner.ok {
    color: var(--_ok-text);
    background: var(--_ok-bg);
    border-color: var(--_ok-line);
    border-inline-start-color: var(--_ok-solid);
  }
  .banner.notice {
    color: var(--_notice-text);
    background: var(--_notice-bg);
    border-color: var(--_notice-line);
    border-inline-start-color: var(--_notice-solid);
  }
  .banner ul {
    margin: 0.3em 0 0;
    padding-inline-start: 1.2em;
  }
  .state {
    display: grid;
    place-items: center;
    align-content: center;
    justify-items: center;
    text-align: center;
    gap: 0.5em;
    padding: 2.2em 0.92em;
    min-block-size: 18em;
    flex: 1;
  }
  .state .glyph {
    inline-size: 4.6em;
    stroke: var(--_neutral-solid);
    fill: none;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
    margin-block-end: 0.6em;
  }
  .state .glyph.failed {
    stroke: var(--_danger-solid);
  }
  .state .title {
    margin: 0;
    font-size: 1.15em;
    font-weight: 600;
  }
  .state p {
    margin: 0;
    max-inline-size: 36em;
    color: var(--_text-muted);
  }
  .state .do {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.62em;
    margin-block-start: 0.6em;
  }
  .sk {
    display: block;
    block-size: 0.62em;
    border-radius: 2px;
    background: var(--_track);
    max-inline-size: 100%;
  }
  .num > .sk {
    margin-inline-start: auto;
  }
  .sk.s1 {
    inline-size: 2.4em;
  }
  .sk.s2 {
    inline-size: 4em;
  }
  .sk.s3 {
    inline-size: 5.4em;
  }
  .sk.s4 {
    inline-size: 7em;
  }
  .sk.s5 {
    inline-size: 11em;
  }
  .progressline {
    position: relative;
    z-index: 2;
    flex: none;
    block-size: 2px;
    margin-block: -1px;
    pointer-events: none;
    background: linear-gradient(90deg, transparent, var(--_accent) 30%, var(--_accent) 70%, transparent) 0 0 / 34%
      100% no-repeat;
    animation: line 1.4s linear infinite;
  }
  @keyframes line {
    from {
      background-position: -50% 0;
    }
    to {
      background-position: 150% 0;
    }
  }
  progress {
    appearance: none;
    block-size: 0.5em;
    inline-size: 100%;
    border: 0;
    border-radius: 2px;
    background: var(--_track);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--_track);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  @media (forced-colors: active) {
    progress {
      forced-color-adjust: none;
      border: 1px solid CanvasText;
      background: Canvas;
    }
    progress::-webkit-progress-bar {
      background: Canvas;
    }
    progress::-webkit-progress-value {
      background: Highlight;
    }
    progress::-moz-progress-bar {
      background: Highlight;
    }
  }
`;

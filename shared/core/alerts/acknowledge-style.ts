import { createHash } from 'node:crypto';

/** The whole style of the acknowledge page: no image, no font, no script; fits 320 px; follows the reader's light or dark setting. */
export const ACKNOWLEDGE_STYLE = [
  ':root{color-scheme:light dark;--text:#242424;--quiet:#616161;--paper:#fff;--edge:#d1d1d1;--button:#5b5fc7;--on-button:#fff}',
  '@media(prefers-color-scheme:dark){:root{--text:#fff;--quiet:#adadad;--paper:#1f1f1f;--edge:#525252;--button:#9299f7;--on-button:#000}}',
  '*{box-sizing:border-box}',
  'body{margin:0;padding:16px;background:var(--paper);color:var(--text);font:16px/1.5 "Segoe UI",system-ui,sans-serif;overflow-wrap:anywhere}',
  'main{max-width:640px;margin:0 auto}',
  'h1{font-size:22px;line-height:1.3;margin:0 0 12px}',
  'h2{font-size:17px;margin:24px 0 8px}',
  'article h2{margin-top:0}',
  'article{border:1px solid var(--edge);border-left-width:6px;border-radius:6px;padding:12px 16px;margin:16px 0}',
  '.attention{border-left-color:#c4314b}.warning{border-left-color:#b37400}.good{border-left-color:#237b4b}.accent{border-left-color:#5b5fc7}',
  'dt{color:var(--quiet);font-size:14px;margin-top:8px}dd{margin:0}',
  'label{display:block;margin-top:12px}',
  'input,select,button{font:inherit;width:100%;min-height:44px;margin-top:4px;padding:8px;border:1px solid var(--edge);border-radius:6px;background:var(--paper);color:var(--text)}',
  'button{margin-top:20px;border:0;background:var(--button);color:var(--on-button);font-weight:600}',
  ':focus-visible{outline:3px solid var(--button);outline-offset:2px}',
  'small{color:var(--quiet)}',
].join('\n');

/**
 * The headers that the acknowledge page must be sent with. Only its own style (by hash) and a form to itself are allowed;
 * the link in the address bar is a secret, so it goes into no referrer, cache or frame.
 */
export function acknowledgeHeaders(): Readonly<Record<string, string>> {
  const styleHash = createHash('sha256').update(ACKNOWLEDGE_STYLE).digest('base64');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex, nofollow',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  };
}

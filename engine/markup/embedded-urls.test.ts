import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embeddedUrls } from './embedded-urls.ts';

const page = 'https://shop.example/a/page.html?q=1';

describe('a page', () => {
  it.each([
    ['<img src="x.png">', ['https://shop.example/a/x.png']],
    ['<IMG SRC=/x.png>', ['https://shop.example/x.png']],
    ['<script src="//cdn.example/x.js"></script>', ['https://cdn.example/x.js']],
    ['<script>document.write("<img src=no.png>")</script>', []],
    ['<!-- <img src="no.png"> -->', []],
    ['<link rel="stylesheet" href="x.css">', ['https://shop.example/a/x.css']],
    [
      '<link rel="Shortcut Icon" href="x.ico"><link rel=icon href=y.ico>',
      ['https://shop.example/a/x.ico', 'https://shop.example/a/y.ico'],
    ],
    ['<link rel="canonical" href="no.html"><a href="no.html">no</a>', []],
    ['<frameset><frame src="x.html"></frameset>', ['https://shop.example/a/x.html']],
    ['<iframe src="x.html"></iframe>', ['https://shop.example/a/x.html']],
    ['<input type="IMAGE" src="x.png"><input type="text" src="no.png">', ['https://shop.example/a/x.png']],
    [
      '<embed src="x.swf"><bgsound src="x.wav">',
      ['https://shop.example/a/x.swf', 'https://shop.example/a/x.wav'],
    ],
    ['<object data="x.svg" codebase="/o"></object>', ['https://shop.example/o/x.svg']],
    ['<applet code="x.class"></applet>', ['https://shop.example/a/x.class']],
    [
      '<body background="x.png"><table background="y.png"><td background="z.png">',
      ['x', 'y', 'z'].map((name) => `https://shop.example/a/${name}.png`),
    ],
    [
      '<p style="background: url(x.png), url(\'y.png\')">',
      ['https://shop.example/a/x.png', 'https://shop.example/a/y.png'],
    ],
    [
      '<base href="https://cdn.example/b/"><base href="/no/"><img src="x.png">',
      ['https://cdn.example/b/x.png'],
    ],
    ['<img src="x.png"><base href="/b/">', ['https://shop.example/b/x.png']],
    ['<base href="http://[no"><img src="x.png">', ['https://shop.example/a/x.png']],
    ['<img src="x.png#a"><img src="x.png#b">', ['https://shop.example/a/x.png']],
    ['<img src=" x y.png ">', ['https://shop.example/a/x%20y.png']],
    ['<img src="data:image/png;base64,AA"><img src="javascript:1"><img src=""><img><img src="http://[">', []],
    ['<img src="x.png?a=1&amp;b=2">', ['https://shop.example/a/x.png?a=1&b=2']],
    ['<constructor src="no.png">', []],
  ])('%s loads %j', (html, urls) => {
    expect(embeddedUrls('html', html, page)).toEqual(urls);
  });

  it('is read whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const url of embeddedUrls('html', `<img src="${text}">${text}`, page))
          expect(url).toMatch(/^https?:/);
      }),
    );
  });
});

describe('a style sheet', () => {
  it.each([
    [
      '@import "x.css"; @IMPORT \'y.css\' screen; @import url(z.css);',
      ['x', 'y', 'z'].map((name) => `https://shop.example/a/${name}.css`),
    ],
    ['a { background: URL( "x.png" ) }', ['https://shop.example/a/x.png']],
    ['/* url(no.png) */ a { b: url(x.png) } /* url(no2.png)', ['https://shop.example/a/x.png']],
    ['a { b: url(data:image/png;base64,AA) } @import "";', []],
    ['a { b: url(x y.png) }', []],
  ])('%s loads %j', (css, urls) => {
    expect(embeddedUrls('css', css, page)).toEqual(urls);
  });

  it('is read in time that grows with its length', () => {
    const started = performance.now();
    for (const hostile of [
      'url('.repeat(50_000),
      '/*'.repeat(50_000),
      '@import "'.repeat(20_000),
      `url(${' '.repeat(50_000)}`,
    ]) {
      expect(embeddedUrls('css', hostile, page).length).toBeLessThan(2);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

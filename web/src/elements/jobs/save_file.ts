import type { FilePart } from '../../engine/list_engine.ts';

/** A file made of parts, handed to the browser's downloads. */
export async function saveFile(name: string, type: string, parts: AsyncIterable<FilePart>, progress: (share: number) => void): Promise<void> {
  const texts: string[] = [];
  for await (const { text, done, total } of parts) {
    texts.push(text);
    progress(total === 0 ? 1 : done / total);
  }
  const url = URL.createObjectURL(new Blob(texts, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// `npm run bench -- browser`: rows 1, 2, 2b, 4, 9 and 10 of the targets, in Chromium: our engine and element beside the SDK and a page by hand, on one simulated ARM.
import { build } from '../../web/tools/build.mjs';
import { setup } from '../../web/tools/setup.mjs';
import { bytes_loaded } from './bytes.mjs';
import { contender_files } from './contenders.mjs';
import { element_of_many } from './element.mjs';
import { cold_lists, first_screen, refreshes, through_graph } from './lists.mjs';
import { launch } from './page.mjs';

/** → { sections, verdicts, about } */
export async function browser({ quick, show }) {
  setup('build', 'chromium');
  await build();
  const files = await contender_files();
  const launched = await launch();
  const sections = [], verdicts = [];
  const add = ({ section, verdicts: some }) => {
    show(section);
    sections.push(section);
    verdicts.push(...some);
  };
  try {
    const first = await first_screen(launched, files, { quick });
    add(first);
    add(await bytes_loaded(files, first.loaded));
    for (const part of [cold_lists, refreshes, through_graph, element_of_many]) add(await part(launched, files, { quick }));
    return { sections, verdicts, about: `Chromium ${launched.version()}` };
  } finally {
    await launched.close();
  }
}

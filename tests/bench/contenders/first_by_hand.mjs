// A page written by hand: fifty rows of one list answer.
import { list_pages } from './by_hand.mjs';
import { drawn, where } from './first.mjs';
import { draw, row_of } from './rows.mjs';

const { value: jobs } = await list_pages(where)().next();
draw(jobs.slice(0, 50).map(row_of));
drawn();

// A page of the SDK: fifty rows of one list answer.
import { draw, row_of } from './rows.mjs';
import { sdk_pages } from './sdk.mjs';
import { drawn, where } from './first.mjs';

const { value: jobs } = await sdk_pages(where)().next();
draw(jobs.slice(0, 50).map(row_of));
drawn();

export const bench = async () => false;

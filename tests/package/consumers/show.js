// What every host does, whatever it is built with: it says where, which vault, and who may ask.
export function show() {
  const asked = new URLSearchParams(location.search);
  const list = document.createElement('azure-backup-jobs');
  list.endpoint = asked.get('endpoint');
  list.vault = asked.get('vault');
  list.getToken = () => 'simulated-token';
  document.body.append(list);
}

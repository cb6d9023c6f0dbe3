/** Where the script of a saved page begins: the rest is in pieces that JupyterLab loads too. */
void import('./page.js')

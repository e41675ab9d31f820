// Sets the theme before the first paint, so that nothing flashes.
(function () {
	try {
		var theme = localStorage.getItem('debrief.theme');
		if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
	} catch (e) { /* storage is off: the system's theme it is */ }
})();

// Sets the theme before the first paint, so that nothing flashes.
(function () {
	try {
		var theme = localStorage.getItem('debrief.theme');
		if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
	} catch (e) { /* storage is off: the system's theme it is */ }
	// Without the other script nothing brings up the menu of a phone.
	addEventListener('error', function (e) { if (e.target.defer) document.documentElement.dataset.plain = ''; }, true);
})();

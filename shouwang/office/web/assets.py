"""How assets are stored: compressed, under names that change with their content, in imports of our scripts too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):
    """Names inside `import` lines of our scripts are made new as well."""

    support_js_module_import_aggregation = True

"""The page: frame, components, assets, signing in, work in the background, the auditor's pages."""

-- Why the final PDF of a numbered invoice could not be made, when its job gave up; NULL once it is made
-- or tried again. A run that is RELEASING with such an invoice has failed to release.
ALTER TABLE invoice ADD COLUMN pdf_problem TEXT;

-- few rows, and found without reading documents
CREATE INDEX invoice_pdf_problem ON invoice (run_id, number, pdf_problem) WHERE pdf_problem IS NOT NULL;

"""Which statement answers: what is asked for, the figures and words beside it, the learnt judgement."""

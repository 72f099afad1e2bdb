/** The posts a rule may name: who acts, who may open a list, who may import. People hold them by appointment. */
export { isPost, type PostId, postIds, posts } from '#contract/people'

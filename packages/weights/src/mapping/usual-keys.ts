/** Keys under which training scripts put the network itself. */
const usual = /(?:^|\.)(?:state_dict|model_state_dict|model_state|model|net|network|module|weights|params)$/;

/** Whether a place in a file is where the network itself is looked for. */
export const isUsual = (place: string): boolean => usual.test(place);

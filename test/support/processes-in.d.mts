export declare function processesIn(folder: string): number[];

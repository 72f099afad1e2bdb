-- Nobody searches by the compared name: lists join it as a set, and a set needs no index. A roster of a hundred thousand
-- wrote one in the order of chance. [T2]

drop index students_name;
